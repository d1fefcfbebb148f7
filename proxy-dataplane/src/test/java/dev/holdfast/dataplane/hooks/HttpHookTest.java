package dev.holdfast.dataplane.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.probe.Timers;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpHookTest {
  private record Seen(String line, String contentType, String authorization, String body) {}

  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final HttpHook hook =
      new HttpHook(reference -> {
        if (reference.name().equals("gone")) {
          throw new MissingReference(reference, "expected a file, found none");
        }
        return "Bearer s3cret\n".getBytes(StandardCharsets.UTF_8);
      });
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "done";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(
              new Seen(
                  exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                  headers.getFirst("Content-Type"),
                  headers.getFirst("Authorization"),
                  body));
          var bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/promote?x=1";
  }

  private static Text plain(String text) {
    return new Text.Literal(text);
  }

  private HookAction.Http request(String method, Map<String, Text> headers, String body) {
    return new HookAction.Http(
        plain(url()), method, headers, plain(body), List.of(new StatusRange(200, 299)));
  }

  private ActionResult run(HookAction.Http request, Duration timeout) throws Exception {
    return hook.run(request, Changes.FAILOVER, Deadline.in(timeout, new RealTime()));
  }

  private ActionResult run(HookAction.Http request) throws Exception {
    return run(request, Duration.ofSeconds(20));
  }

  private record RealTime() implements Timers {
    @Override
    public Instant now() {
      return Instant.ofEpochMilli(System.nanoTime() / 1_000_000);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      throw new UnsupportedOperationException("not needed");
    }
  }

  @Test
  @DisplayName("A request without a body of its own tells of the change")
  void described() throws Exception {
    assertThat(run(request("POST", Map.of(), ""))).isEqualTo(ActionResult.success(200, "done"));
    assertThat(seen.take())
        .isEqualTo(
            new Seen(
                "POST /promote?x=1",
                "application/json",
                null,
                "{\"resource\":\"shop/db\",\"epoch\":7,\"trigger\":\"Failover\","
                    + "\"backend\":\"b\",\"endpoint\":\"b.db:5432\",\"oldBackend\":\"a\"}"));
  }

  @Test
  @DisplayName("Headers and body are sent as configured, secret ones as the Secret has them")
  void asConfigured() throws Exception {
    var headers =
        Map.of(
            "Content-Type",
            plain("text/plain"),
            "Authorization",
            new Text.Kept(Reference.secret("probe", "token")));
    assertThat(run(request("PUT", headers, "ping")).succeeded()).isTrue();
    assertThat(seen.take())
        .isEqualTo(new Seen("PUT /promote?x=1", "text/plain", "Bearer s3cret", "ping"));
    assertThat(run(request("GET", Map.of(), "")).succeeded()).isTrue();
    assertThat(seen.take()).isEqualTo(new Seen("GET /promote?x=1", null, null, ""));
  }

  @ParameterizedTest
  @CsvSource({"204, true", "299, true", "302, false", "404, false", "500, false"})
  @DisplayName("The status decides; redirects are not followed")
  void statuses(int given, boolean good) throws Exception {
    status = given;
    answer = "";
    var result = run(request("POST", Map.of(), ""));
    assertThat(result.code()).isEqualTo(given);
    assertThat(result.succeeded()).isEqualTo(good);
    assertThat(seen).hasSize(1);
  }

  @Test
  @DisplayName("The end of a long answer is kept, 1 KiB without control characters")
  void longAnswer() throws Exception {
    answer = "é".repeat(100_000) + "\u0007\nend";
    var result = run(request("POST", Map.of(), ""));
    assertThat(result.output())
        .endsWith("é\nend")
        .hasSizeBetween(500, 520)
        .doesNotContain("\uFFFD");
  }

  @Test
  @DisplayName("A server that accepts and never answers is left at the timeout")
  void silent() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var url = plain("http://127.0.0.1:" + silent.getLocalPort() + "/");
      var request =
          new HookAction.Http(url, "GET", Map.of(), plain(""), List.of(new StatusRange(200, 299)));
      var result = run(request, Duration.ofMillis(300));
      assertThat(result.timedOut()).isTrue();
      assertThat(result.why()).isEqualTo("no whole answer within 300ms");
    }
  }

  @Test
  @DisplayName("A refused connect, a missing Secret and a malformed URL fail without quoting a URL")
  void failures() throws Exception {
    var port = server.getAddress().getPort();
    server.stop(0);
    var refused = run(request("POST", Map.of(), ""));
    assertThat(refused.why()).isEqualTo("no answer: the connect failed");
    var noSecret =
        run(request("POST", Map.of("X", new Text.Kept(Reference.secret("gone", "k"))), ""));
    assertThat(noSecret.why()).startsWith("secret gone, key k: expected a file");
    var malformed =
        new HookAction.Http(
            plain("http://s3cret host:" + port), "POST", Map.of(), plain(""), List.of());
    assertThat(run(malformed).why()).contains("malformed").doesNotContain("s3cret");
  }
}
