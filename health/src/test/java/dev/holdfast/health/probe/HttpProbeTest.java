package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.probe.CheckKind.Http;
import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.probe.ProbeResult.Success;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.ReferenceFiles;
import dev.holdfast.health.reference.References;
import dev.holdfast.health.reference.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpProbeTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Text NOTHING = new Text.Literal("");

  @TempDir private Path refs;
  private ProbeBench bench = new ProbeBench(References.none());

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  @DisplayName("A request has host and port of the backend, and an expected status passes")
  void passes() throws Exception {
    try (var server = ScriptedServer.http(OK)) {
      assertThat(bench.run(get("/healthz?deep=1", "200-299"), server.port()))
          .isEqualTo(new Success());
      assertThat(server.requests().getFirst())
          .startsWith("GET /healthz?deep=1 HTTP/1.1\r\n")
          .contains("host: db:" + server.port() + "\r\n", "connection: close\r\n");
    }
  }

  @Test
  @DisplayName(
      "Another status fails and says which one was expected; without followRedirects there is one"
          + " request")
  void otherStatus() throws Exception {
    try (var server =
        ScriptedServer.http("HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(bench.run(get("/", "200-299", "404"), server.port()))
          .isEqualTo(new Failure(Kind.Unfit, "status 302, expected [200-299, 404]"));
      assertThat(server.requests()).hasSize(1);
      assertThat(bench.run(get("/", "302"), server.port())).isEqualTo(new Success());
    }
  }

  @Test
  @DisplayName("Method, headers, Host and body are sent as written, secrets as they are kept")
  void wholeRequest() throws Exception {
    keep("secrets/auth/token", "Bearer s3cret\n");
    bench.close();
    bench = new ProbeBench(new ReferenceFiles(refs));
    try (var server = ScriptedServer.http(OK)) {
      var headers =
          Map.of(
              "X-Probe",
              new Text.Literal("1"),
              "Authorization",
              (Text) new Text.Kept(Reference.secret("auth", "token")));
      var exchange =
          new HttpExchange(
              "POST",
              "/",
              "app.example:8080",
              headers,
              new Text.Literal("{}"),
              statuses("200"),
              false);
      assertThat(bench.run(new Http(0, exchange), server.port())).isEqualTo(new Success());
      assertThat(server.requests().getFirst())
          .startsWith("POST / HTTP/1.1\r\n")
          .contains(
              "host: app.example:8080\r\n",
              "X-Probe: 1\r\n",
              "Authorization: Bearer s3cret\r\n",
              "content-length: 2\r\n");
    }
  }

  @Test
  @DisplayName("A secret that is missing or has two lines is named, its value is not")
  void badSecret() throws Exception {
    keep("secrets/auth/two", "s3cret\nX-Evil: 1");
    bench.close();
    bench = new ProbeBench(new ReferenceFiles(refs));
    assertThat(bench.run(withSecret("two"), 1))
        .isEqualTo(
            new Failure(
                Kind.Other,
                "secret auth, key two: expected one line of text, found line ends or control"
                    + " characters in it"));
    assertThat(bench.run(withSecret("none"), 1))
        .isEqualTo(
            new Failure(
                Kind.Other,
                "secret auth, key none: expected a file at %s, found none"
                    .formatted(refs.resolve("secrets/auth/none"))));
  }

  @Test
  @DisplayName("An announcement such as 100 Continue is not the answer yet")
  void announcement() throws Exception {
    try (var server = ScriptedServer.http("HTTP/1.1 100 Continue\r\n\r\n" + OK)) {
      assertThat(bench.run(get("/", "200-299"), server.port())).isEqualTo(new Success());
    }
  }

  @Test
  @DisplayName("A server that accepts and never answers fails at the timeout")
  void neverAnswers() throws Exception {
    try (var server = ScriptedServer.plain(socket -> socket.getInputStream().readAllBytes())) {
      assertThat(bench.run(get("/", "200"), server.port(), Duration.ofMillis(300)))
          .isEqualTo(new Failure(Kind.Timeout, "no answer within 300ms"));
    }
  }

  @Test
  @DisplayName("Of an endless body nothing is waited for; endless headers are given up")
  void endless() throws Exception {
    try (var body = endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n");
        var headers = endless("HTTP/1.1 200 OK\r\n", "X-More: more\r\n")) {
      assertThat(bench.run(get("/", "200"), body.port())).isEqualTo(new Success());
      assertThat(bench.run(get("/", "200"), headers.port()))
          .isEqualTo(new Failure(Kind.Unfit, "expected an HTTP answer, found something else"));
    }
  }

  @Test
  @DisplayName("What is no HTTP, and a connection that ends, are told apart")
  void noHttp() throws Exception {
    try (var ssh = ScriptedServer.plain(socket -> ScriptedServer.write(socket, "SSH-2.0-x\r\n"));
        var mute = ScriptedServer.plain(ScriptedServer::request)) {
      assertThat(bench.run(get("/", "200"), ssh.port()))
          .isEqualTo(new Failure(Kind.Unfit, "expected an HTTP answer, found something else"));
      assertThat(bench.run(get("/", "200"), mute.port()))
          .isEqualTo(new Failure(Kind.Unfit, "it closed the connection without an answer"));
    }
  }

  private static ScriptedServer endless(String start, String more) throws Exception {
    return ScriptedServer.plain(socket -> {
      ScriptedServer.request(socket);
      ScriptedServer.write(socket, start);
      while (!socket.isClosed()) {
        ScriptedServer.write(socket, more);
      }
    });
  }

  private static Http get(String path, String... expected) {
    return new Http(
        0, new HttpExchange("GET", path, "", Map.of(), NOTHING, statuses(expected), false));
  }

  private static Http withSecret(String key) {
    var header = new Text.Kept(Reference.secret("auth", key));
    return new Http(
        0,
        new HttpExchange(
            "GET", "/", "", Map.of("Authorization", header), NOTHING, statuses("200"), false));
  }

  private static List<StatusRange> statuses(String... texts) {
    return List.of(texts).stream().map(StatusRange::parse).toList();
  }

  private void keep(String path, String value) throws Exception {
    var file = refs.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value);
  }
}
