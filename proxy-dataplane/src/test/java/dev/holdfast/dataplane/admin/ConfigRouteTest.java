package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dataplane.admin.ConfigSink.Running;
import dev.holdfast.dataplane.admin.ConfigSink.Verdict;
import dev.holdfast.dataplane.admin.http.HttpLimits;
import dev.holdfast.manifest.Problem;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigRouteTest {
  private static final String PATH = "/api/v1/config";

  @TempDir private Path directory;
  private RunningAdmin admin;

  @BeforeEach
  void start() throws Exception {
    admin = new RunningAdmin(directory);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private static HttpLimits impatient(HttpLimits limits) {
    return new HttpLimits(
        limits.connections(),
        limits.streams(),
        limits.headerBytes(),
        limits.requestTimeout(),
        limits.keepAliveTimeout(),
        Duration.ofSeconds(1),
        limits.writeTimeout(),
        limits.heartbeat());
  }

  @Test
  @DisplayName(
      "A manifest is handed over as it was sent, off the event loop, and its generation told")
  void applied() throws Exception {
    var seen = new AtomicReference<String>();
    var thread = new AtomicReference<String>();
    admin.sink =
        manifest -> {
          seen.set(manifest);
          thread.set(Thread.currentThread().getName());
          return new Verdict.Applied(List.of(new Running("FailoverProxy", "shop", "db", 12)));
        };
    var response = admin.put(PATH, "kind: Ünïcode\n", "Content-Type", "text/yaml; charset=utf-8");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(
            new ObjectMapper().readTree(response.body()).at("/resources/0/generation").intValue())
        .isEqualTo(12);
    assertThat(seen).hasValue("kind: Ünïcode\n");
    assertThat(thread.get()).startsWith("admin-config");
  }

  @Test
  @DisplayName("A refused manifest gets 422 with every problem")
  void refused() throws Exception {
    admin.sink =
        manifest ->
            new Verdict.Refused(
                List.of(
                    new Problem("pushed", 3, "spec.listen.port", "FailoverProxy a/b", "too high"),
                    new Problem("pushed", 0, "", null, "no kind")));
    var response = admin.put(PATH, "kind: x");

    assertThat(response.statusCode()).isEqualTo(422);
    var problems = new ObjectMapper().readTree(response.body()).at("/error/problems");
    assertThat(problems).hasSize(2);
    assertThat(problems.at("/0/field").textValue()).isEqualTo("spec.listen.port");
    assertThat(problems.at("/0/line").intValue()).isEqualTo(3);
    assertThat(problems.at("/1/message").textValue()).isEqualTo("no kind");
  }

  @Test
  @DisplayName("A manifest older than the running one gets 409")
  void outdated() throws Exception {
    admin.sink = manifest -> new Verdict.Outdated(new Running("FailoverProxy", "shop", "db", 12));
    var response = admin.put(PATH, "kind: x");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).contains("OlderGeneration").contains("12");
  }

  @Test
  @DisplayName("What is no manifest at all never reaches the sink")
  void noManifest() throws Exception {
    admin.sink =
        manifest -> {
          throw new AssertionError("was called");
        };
    assertThat(admin.put(PATH, " ").statusCode()).isEqualTo(400);
    assertThat(admin.put(PATH, "x", "Content-Type", "image/png").statusCode()).isEqualTo(415);
    var notUtf8 =
        HttpRequest.newBuilder(admin.uri(PATH))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 0x41}))
            .header("Authorization", "Bearer " + RunningAdmin.ADMIN)
            .build();
    assertThat(admin.send(notUtf8).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("One mebibyte is taken, one byte more gets 413")
  void size() throws Exception {
    assertThat(admin.put(PATH, "x".repeat(1 << 20)).statusCode()).isEqualTo(200);
    assertThat(admin.put(PATH, "x".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  @DisplayName("A sink that throws gets 500 without its message, and the next request is served")
  void failing() throws Exception {
    admin.sink =
        manifest -> {
          throw new IllegalStateException("inner secret");
        };
    var response = admin.put(PATH, "kind: x");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("InternalError").doesNotContain("inner secret");
    assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("A slow sink gets 504 at the deadline, and holds up no other request")
  void slow() throws Exception {
    admin.close();
    admin = new RunningAdmin(directory, ConfigRouteTest::impatient);
    var go = new CountDownLatch(1);
    admin.sink = waitingFor(go);
    var request = CompletableFuture.supplyAsync(() -> putNow());

    assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(request.get(20, TimeUnit.SECONDS)).isEqualTo(504);
    go.countDown();
  }

  @Test
  @DisplayName("Beyond a few waiting manifests the next gets 503")
  void busy() {
    var go = new CountDownLatch(1);
    admin.sink = waitingFor(go);
    var statuses = new ArrayList<CompletableFuture<Integer>>();
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 10; i++) {
        statuses.add(
            client
                .sendAsync(request(), BodyHandlers.discarding())
                .thenApply(response -> response.statusCode()));
      }
      await().until(() -> statuses.stream().filter(s -> s.getNow(0) == 503).count() == 5);
      go.countDown();
    }
    assertThat(statuses).extracting(CompletableFuture::join).isSubsetOf(200, 503);
  }

  private static ConfigSink waitingFor(CountDownLatch go) {
    return manifest -> {
      try {
        assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Verdict.Applied(List.of());
    };
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(admin.uri(PATH))
        .PUT(HttpRequest.BodyPublishers.ofString("kind: x"))
        .header("Authorization", "Bearer " + RunningAdmin.ADMIN)
        .build();
  }

  private int putNow() {
    try {
      return admin.send(request()).statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
