package dev.holdfast.faults.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the system that ends soon. */
final class Command {
  private static final int PATIENCE_SECONDS = 60;

  private Command() {}

  /** What it printed; fails unless it succeeds. */
  static String run(String... argv) {
    return runWith("", argv);
  }

  static String runWith(String input, String... argv) {
    try {
      var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(input);
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "expected %s to succeed; it said: %s".formatted(List.of(argv), output));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("expected to run " + List.of(argv), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + List.of(argv) + " ran", e);
    }
  }
}
