package dev.holdfast.floatingip.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.floatingip.fake.RealClientsIT.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Gets the official clients, once a machine, into the user's cache and below target. */
final class RealClients {
  private static final String PYTHON_CLIENT = "hcloud==2.27.0";
  private static final Path SOURCES = Path.of("src/test/real-clients").toAbsolutePath();
  private static final Path TARGET = Path.of("target/real-clients").toAbsolutePath();
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "holdfast", "real-clients");
  private static final int TIMEOUT_SECONDS = 300;

  private RealClients() {}

  static Client python() throws IOException, InterruptedException {
    var venv = CACHE.resolve(PYTHON_CLIENT.replace("==", "-"));
    var python = venv.resolve("bin/python");
    var installed = venv.resolve("installed");
    if (!Files.exists(installed)) {
      Files.createDirectories(CACHE);
      var here = Path.of("").toAbsolutePath();
      run(List.of("python3", "-m", "venv", "--clear", venv.toString()), here, Map.of());
      run(List.of(python.toString(), "-m", "pip", "install", "-q", PYTHON_CLIENT), here, Map.of());
      Files.createFile(installed);
    }
    return new Client(
        List.of(python.toString(), SOURCES.resolve("exercise.py").toString()), SOURCES);
  }

  static Client go() throws IOException, InterruptedException {
    Files.createDirectories(TARGET);
    var program = TARGET.resolve("go-client").toString();
    var sources = SOURCES.resolve("go");
    run(
        List.of("go", "build", "-o", program, "."),
        sources,
        Map.of("CGO_ENABLED", "0", "GOFLAGS", "-buildvcs=false -mod=readonly"));
    return new Client(List.of(program), sources);
  }

  static Client commandLine(String... arguments) {
    var command = new ArrayList<>(List.of("hcloud", "--poll-interval=100ms"));
    command.addAll(List.of(arguments));
    return new Client(command, SOURCES);
  }

  /** What it prints; fails with that, and with what to do, when it does not end well. */
  static String run(List<String> command, Path directory, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.createDirectories(TARGET);
    var output = Files.createTempFile(TARGET, "output", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    var process = start(builder);
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    var printed = Files.readString(output, UTF_8);
    Files.delete(output);
    if (process.isAlive() || process.exitValue() != 0) {
      throw new AssertionError(failure(command, printed));
    }
    return printed;
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError(failure(builder.command(), e.toString()), e);
    }
  }

  private static String failure(List<String> command, String found) {
    return "%s failed: %s%nthe official clients need python3 with venv, go, hcloud and their registries; leave out -Dreal.clients=true to go without them"
        .formatted(String.join(" ", command), found);
  }
}
