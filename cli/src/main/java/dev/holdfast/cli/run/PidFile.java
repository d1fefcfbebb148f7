package dev.holdfast.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that holds the number of this process, for whoever sends it signals. */
public final class PidFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PidFile.class);

  private final Path file;
  private final String content;

  private PidFile(Path file, String content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Takes the place of one that is there.
   *
   * @throws IOException when it cannot be written
   */
  public static PidFile write(Path file) throws IOException {
    var content = ProcessHandle.current().pid() + "\n";
    Files.writeString(file, content);
    return new PidFile(file, content);
  }

  /** Takes the file away, unless another process has written its own number since. */
  @Override
  public void close() {
    try {
      if (Files.exists(file) && Files.readString(file).equals(content)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      log.warn("{} stays behind: {}", file, e.toString());
    }
  }
}
