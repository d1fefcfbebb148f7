package dev.holdfast.health.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A pipe whose reader can be closed while it waits. The JDK's own pipe to a child cannot: a reader
 * would wait for as long as anything that the child started, and that got away, holds the other
 * end.
 */
final class OutputPipe implements AutoCloseable {
  private final FileChannel reader;
  private final int writeEnd;
  private final AtomicBoolean writeEndClosed = new AtomicBoolean();

  private OutputPipe(FileChannel reader, int writeEnd) {
    this.reader = reader;
    this.writeEnd = writeEnd;
  }

  static OutputPipe open() throws IOException {
    var ends = Posix.pipe();
    try {
      return new OutputPipe(
          FileChannel.open(path(ends.readEnd()), StandardOpenOption.READ), ends.writeEnd());
    } catch (IOException e) {
      Posix.close(ends.writeEnd());
      throw e;
    } finally {
      Posix.close(ends.readEnd());
    }
  }

  private static Path path(int descriptor) {
    return Path.of("/proc/self/fd/" + descriptor);
  }

  Redirect target() {
    return Redirect.to(new File(path(writeEnd).toString()));
  }

  /** Once the child has its own, so that the reader sees the end when the child's is closed. */
  void closeWriteEnd() {
    if (writeEndClosed.compareAndSet(false, true)) {
      Posix.close(writeEnd);
    }
  }

  FileChannel reader() {
    return reader;
  }

  @Override
  public void close() throws IOException {
    closeWriteEnd();
    reader.close();
  }
}
