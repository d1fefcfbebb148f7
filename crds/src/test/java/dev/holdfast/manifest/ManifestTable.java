package dev.holdfast.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests that this reader and the API server must judge alike. */
final class ManifestTable {
  private static final Path TABLE = Path.of("src/test/resources/manifests");
  private static final String ERROR = "# error: ";

  private ManifestTable() {}

  static Stream<Path> valid() {
    return Stream.concat(files(TABLE.resolve("valid")), files(Path.of("../examples")));
  }

  static Stream<Path> invalid() {
    return files(TABLE.resolve("invalid"));
  }

  /** What the messages about an invalid manifest must hold. */
  static List<String> expectedErrors(Path file) {
    return text(file)
        .lines()
        .filter(line -> line.startsWith(ERROR))
        .map(line -> line.substring(ERROR.length()))
        .toList();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path directory) {
    try (var files = Files.list(directory)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
