package dev.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Figures taken on the way. They are printed, never asserted. */
final class Measurements {
  private static final List<String> LINES = new ArrayList<>();

  private Measurements() {}

  static void add(String what, Duration took) {
    add(what, took.toMillis() + " ms");
  }

  static synchronized void add(String what, String figure) {
    LINES.add("%-70s %s".formatted(what, figure));
  }

  static synchronized void write(Path directory) {
    LINES.sort(null);
    var text = String.join("\n", LINES) + "\n";
    System.out.println("Measured on this cluster:\n" + text);
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("measurements.txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
