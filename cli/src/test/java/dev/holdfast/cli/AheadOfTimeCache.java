package dev.holdfast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The program as it is packaged, and its classes as another process has loaded and linked them: so
 * each process that a test starts takes half the processor time to be there.
 */
final class AheadOfTimeCache {
  private static final Path PROGRAM = Path.of("target", "lib");
  private static final String NAME = "holdfast-" + ProcessHandle.current().pid();
  private static final Path CACHE = Path.of("target", NAME + ".aot").toAbsolutePath();
  private static final Path LOG = Path.of("target", NAME + ".log");
  private static final int PATIENCE_SECONDS = 300;

  private static final String CLASS_PATH = classPath();

  static {
    write();
  }

  private AheadOfTimeCache() {}

  /** {@code java} with what uses the cache, up to the main class. */
  static List<String> command() {
    return java("-XX:AOTCache=" + CACHE);
  }

  private static List<String> java(String cache) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        cache,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        CLASS_PATH,
        Holdfast.class.getName());
  }

  /** A cache takes jars in a fixed order, and no directory. */
  private static String classPath() {
    try (var jars = Files.list(PROGRAM)) {
      return jars.map(jar -> jar.toAbsolutePath().toString())
          .sorted()
          .collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException("expected the program in target/lib: mvn package", e);
    }
  }

  private static void write() {
    var command = new ArrayList<>(java("-XX:AOTCacheOutput=" + CACHE));
    command.addAll(List.of("demo", "--port", "0", "--admin", "127.0.0.1:0", "--for", "1s"));
    try {
      CACHE.toFile().deleteOnExit();
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(LOG.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || !Files.exists(CACHE)) {
        process.destroyForcibly();
        throw new IllegalStateException("expected %s, see %s".formatted(CACHE, LOG));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + CACHE + " was written", e);
    }
  }
}
