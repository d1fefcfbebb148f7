package dev.holdfast.dataplane.admin.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser that reaches nothing but this machine, driven by its DevTools protocol. */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final String GREETING = "DevTools listening on ";

  private final Process process;
  private final URI devTools;
  private final HttpClient client = HttpClient.newHttpClient();

  private Chromium(Process process, URI devTools) {
    this.process = process;
    this.devTools = devTools;
  }

  /** Fails in CI without a browser; elsewhere the test is skipped, and says why. */
  public static Chromium start() throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                binary().toString(),
                "--headless",
                "--no-sandbox", // CI's user is root; only pages of the test itself are opened
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"));
    var profile = Files.createTempDirectory(Path.of("target"), "chromium").toAbsolutePath();
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    var process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new Chromium(process, greeting(process));
    } catch (Exception e) {
      end(process);
      throw e;
    }
  }

  private static Path binary() {
    var found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(Path::of)
            .flatMap(directory -> NAMES.stream().map(directory::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      var message = "no browser is in PATH, expected one of " + NAMES;
      return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
    }
    return found.get();
  }

  /** Reads on afterwards, so that the browser is never held up by what it says. */
  private static URI greeting(Process process) throws Exception {
    var greeting = new CompletableFuture<URI>();
    Thread.ofVirtual()
        .start(() -> {
          try (Stream<String> lines = new BufferedReader(process.errorReader()).lines()) {
            lines
                .filter(line -> line.startsWith(GREETING))
                .forEach(line -> greeting.complete(URI.create(line.substring(GREETING.length()))));
          } finally {
            greeting.completeExceptionally(new IOException("the browser has ended"));
          }
        });
    return greeting.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  /** A new tab, with nothing remembered from others but what the browser caches. */
  public Tab open() throws Exception {
    var uri = URI.create("http://%s/json/new".formatted(devTools.getAuthority()));
    var request =
        HttpRequest.newBuilder(uri)
            .PUT(HttpRequest.BodyPublishers.noBody())
            .timeout(DEADLINE)
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var target = new ObjectMapper().readTree(answer.body());
    return Tab.connect(client, URI.create(target.get("webSocketDebuggerUrl").textValue()));
  }

  @Override
  public void close() throws Exception {
    client.shutdownNow();
    end(process);
  }

  /** The browser itself too: Debian's command is a script that starts it. */
  private static void end(Process process) throws Exception {
    var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      for (var one : all) {
        one.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
