package dev.holdfast.cli.fallback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A log that is appended to and that a log rotation may move away. */
final class LogFile extends FileAppender<ILoggingEvent> {
  private final Path path;

  LogFile(Path path) {
    this.path = path;
    setFile(path.toString());
    setAppend(true);
  }

  /** Creates the file, with mode 0640, unless it is there, and proves that it can be written to. */
  void prepare() throws IOException {
    try {
      var mode = PosixFilePermissions.fromString("rw-r-----");
      Files.createFile(path, PosixFilePermissions.asFileAttribute(mode));
    } catch (FileAlreadyExistsException e) {
      Files.newByteChannel(path, StandardOpenOption.APPEND).close();
    }
  }

  /** Goes on in the file that now has the name; the one before stays in use when that fails. */
  void reopen() throws IOException {
    prepare();
    openFile(getFile());
  }
}
