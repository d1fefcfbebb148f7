package dev.holdfast.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Holds what the demo runs, until it is closed. Only its owner may read it. */
record DemoDirectory(Path path) implements AutoCloseable {

  static DemoDirectory create() throws IOException {
    return new DemoDirectory(Files.createTempDirectory("holdfast-demo"));
  }

  @Override
  public void close() throws IOException {
    try (var all = Files.walk(path)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
