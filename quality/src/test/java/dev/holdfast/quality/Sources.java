package dev.holdfast.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Java files of this repository. */
final class Sources {
  private Sources() {}

  static Path root() {
    var dir = Path.of("").toAbsolutePath();
    while (!Files.exists(dir.resolve("CONTRIBUTING.md"))) {
      dir = dir.getParent();
      if (dir == null) {
        throw new IllegalStateException("expected to run inside a checkout of Holdfast");
      }
    }
    return dir;
  }

  static List<Path> all() {
    try (var modules = Files.list(root())) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(Sources::javaFiles)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> main() {
    return all().stream().filter(file -> file.toString().contains("/src/main/")).toList();
  }

  private static java.util.stream.Stream<Path> javaFiles(Path dir) {
    try (var files = Files.walk(dir)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
