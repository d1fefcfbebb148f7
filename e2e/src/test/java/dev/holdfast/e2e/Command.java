package dev.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that has ended, and what it said on both streams. */
record Command(String line, int exit, String output) {

  static Command run(Duration deadline, List<String> argv) {
    return run(deadline, "", argv);
  }

  /** Fails when the process has not ended within the deadline; any exit code is a result. */
  static Command run(Duration deadline, String input, List<String> argv) {
    var line = String.join(" ", argv);
    try {
      var said = Files.createTempFile("e2e", ".out");
      try {
        var process =
            new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
          stdin.write(input.getBytes(UTF_8));
        }
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(
              "expected to end within %s: %s%nit said: %s"
                  .formatted(deadline, line, Files.readString(said)));
        }
        return new Command(line, process.exitValue(), Files.readString(said));
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("expected to run: " + line, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for: " + line, e);
    }
  }

  boolean succeeded() {
    return exit == 0;
  }

  String outputOrFail() {
    if (!succeeded()) {
      throw new AssertionError("exit code %d from: %s%n%s".formatted(exit, line, output));
    }
    return output;
  }
}
