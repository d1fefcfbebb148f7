package dev.holdfast.dataplane.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the programs that a hook's command stands for. */
final class HookFiles {
  private static final int MAX_FILES = 256;

  private HookFiles() {}

  /**
   * The program itself, or the regular files directly in it when it is a directory: symbolic links
   * to files count, directories do not; sorted by the bytes of their paths.
   *
   * @throws IOException when the directory cannot be read or holds too many files
   */
  static List<String> of(String program) throws IOException {
    if (!Files.isDirectory(Path.of(program))) {
      return List.of(program);
    }
    try (var entries = Files.list(Path.of(program))) {
      var files =
          entries.filter(Files::isRegularFile).limit(MAX_FILES + 1).sorted().map(Path::toString);
      var found = files.toList();
      if (found.size() > MAX_FILES) {
        throw new IOException(
            "%s: expected at most %d files, found more".formatted(program, MAX_FILES));
      }
      return found;
    }
  }
}
