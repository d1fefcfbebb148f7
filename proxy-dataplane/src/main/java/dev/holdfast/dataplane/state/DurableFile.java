package dev.holdfast.dataplane.state;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are there whole, or as they were before, also after a crash. */
public final class DurableFile {

  private DurableFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  public static void write(Path path, byte[] content) throws IOException {
    write(path, out -> out.write(content));
  }

  /** Written beside it, forced to the disk, and then given the name. Blocks. */
  public static void write(Path path, Content content) throws IOException {
    var beside = path.resolveSibling(path.getFileName() + ".new");
    try (var file =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(Channels.newOutputStream(file));
      file.force(true);
    }
    Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(path.toAbsolutePath().getParent())) {
      directory.force(true);
    }
  }

  /**
   * Puts a file that cannot be used out of the way, for people to look at; the last such file of a
   * name is kept.
   *
   * @return what has become of it, for people
   */
  static String setAside(Path path) {
    var aside = path.resolveSibling(path.getFileName() + ".corrupt");
    try {
      return "it is kept as " + Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      return "it will be written over (" + e + ")";
    }
  }
}
