package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.probe.CheckKind.Http;
import dev.holdfast.health.probe.CheckKind.Https;
import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.probe.ProbeResult.Success;
import dev.holdfast.health.probe.TlsOptions.WarnExpiry;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.ReferenceFiles;
import dev.holdfast.health.reference.Text;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedirectProbeTest {
  private static final Reference BUNDLE = Reference.configMap("authorities", "ca.crt");
  private static final TlsOptions TRUSTING =
      new TlsOptions("app.example", false, BUNDLE, WarnExpiry.never());

  @TempDir private Path refs;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final TestCertificates certificates = new TestCertificates();
  private ProbeBench bench;

  RedirectProbeTest() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    var file = refs.resolve("configmaps/authorities/ca.crt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, certificates.pem());
    bench = new ProbeBench(new ReferenceFiles(refs));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  @DisplayName("L23 Redirects are followed at the address that is checked, whatever host they name")
  void sameAddress() throws Exception {
    try (var last = plain(_ -> "HTTP/1.1 200 OK\r\n\r\n");
        var first =
            plain(path ->
                path.equals("/")
                    ? redirect(302, "/login?next=%2F")
                    : redirect(301, "http://sso.example:" + last.port() + "/in"))) {
      assertThat(bench.run(get("app.example"), first.port())).isEqualTo(new Success());
      assertThat(requests).hasSize(3);
      assertThat(requests.get(0)).startsWith("GET / ").contains("host: app.example\r\n");
      assertThat(requests.get(1))
          .startsWith("GET /login?next=%2F ")
          .contains("host: app.example\r\n", "X-Key: s3cret\r\n");
      assertThat(requests.get(2))
          .startsWith("GET /in ")
          .contains("host: sso.example:" + last.port() + "\r\n")
          .as("what was meant for another host")
          .doesNotContain("s3cret");
    }
  }

  @Test
  @DisplayName("L23 The answer that leads no further decides, or a redirect that is expected")
  void lastAnswer() throws Exception {
    try (var server = plain(path -> path.equals("/") ? redirect(307, "/x") : status(503))) {
      assertThat(bench.run(get("app.example"), server.port()))
          .isEqualTo(new Failure(Kind.Unfit, "status 503, expected [200-299]"));
      assertThat(bench.run(new Http(0, exchange("GET", "app.example", 307)), server.port()))
          .isEqualTo(new Success());
    }
    try (var server = plain(_ -> "HTTP/1.1 302 Found\r\n\r\n")) {
      assertThat(bench.run(get("app.example"), server.port()))
          .isEqualTo(new Failure(Kind.Unfit, "status 302, expected [200-299]"));
    }
  }

  @Test
  @DisplayName("L23 A circle of redirects ends after ten, with the reason")
  void circle() throws Exception {
    try (var server = plain(_ -> redirect(302, "/again"))) {
      assertThat(bench.run(get("app.example"), server.port()))
          .isEqualTo(
              new Failure(
                  Kind.Unfit, "redirect with status 302 that is not followed: after 10 others"));
      assertThat(requests).hasSize(11);
    }
    try (var server = plain(_ -> redirect(302, "ftp://app.example/"))) {
      assertThat(bench.run(get("app.example"), server.port()))
          .isEqualTo(
              new Failure(
                  Kind.Unfit,
                  "redirect with status 302 that is not followed: expected a URL of http or"
                      + " https"));
    }
  }

  @Test
  @DisplayName("L23 All redirects share one timeout")
  void timeout() throws Exception {
    try (var server =
        ScriptedServer.plain(socket -> {
          var path = ScriptedServer.request(socket);
          requests.add(path);
          if (path.startsWith("GET / ")) {
            ScriptedServer.write(socket, redirect(302, "/slow"));
          } else {
            socket.getInputStream().readAllBytes(); // says nothing until the probe goes away
          }
        })) {
      assertThat(bench.run(get("app.example"), server.port(), Duration.ofSeconds(2)))
          .isEqualTo(new Failure(Kind.Timeout, "no answer within 2000ms"));
      assertThat(requests).hasSize(2);
    }
  }

  @Test
  @DisplayName("L23 A POST is sent again for 307, and becomes a GET without body for 302")
  void method() throws Exception {
    try (var server =
        plain(path ->
            switch (path) {
              case "/" -> redirect(307, "/again");
              case "/again" -> redirect(302, "/done");
              default -> status(200);
            })) {
      var post = new Http(0, exchange("POST", "app.example", 200));
      assertThat(bench.run(post, server.port())).isEqualTo(new Success());
      assertThat(requests.get(1)).startsWith("POST /again ").contains("content-length: 4\r\n");
      assertThat(requests.get(2)).startsWith("GET /done ").doesNotContain("content-length");
    }
  }

  @Test
  @DisplayName("L23 A redirect to TLS is verified for the host that it names")
  void toTls() throws Exception {
    try (var secure = tls("app.example", _ -> status(200));
        var trusted = tls("app.example", _ -> redirect(302, over(secure, "app.example")));
        var foreign = tls("app.example", _ -> redirect(302, over(secure, "www.example")))) {
      assertThat(bench.run(https(), trusted.port())).isEqualTo(new Success());
      assertThat(((Failure) bench.run(https(), foreign.port())).message())
          .startsWith("TLS: its certificate is not valid: ")
          .contains("www.example");
      try (var plain = plain(_ -> redirect(302, over(secure, "app.example")))) {
        assertThat(bench.run(get("app.example"), plain.port()))
            .isEqualTo(
                new Failure(
                    Kind.Unfit,
                    "TLS: its certificate is not signed by an authority that is trusted"));
      }
    }
  }

  @Test
  @DisplayName("L23 What was sent encrypted is not sent again in the clear")
  void downgrade() throws Exception {
    try (var plain = plain(_ -> status(200));
        var secure =
            tls("app.example", _ -> redirect(307, "http://app.example:" + plain.port() + "/"))) {
      assertThat(bench.run(https(), secure.port())).isEqualTo(new Success());
      assertThat(requests.get(0)).contains("X-Key: s3cret\r\n");
      assertThat(requests.get(1)).startsWith("GET / ").doesNotContain("s3cret");
    }
  }

  private static String over(ScriptedServer server, String host) {
    return "https://" + host + ":" + server.port() + "/";
  }

  private ScriptedServer plain(UnaryOperator<String> answers) throws Exception {
    return ScriptedServer.plain(socket -> ScriptedServer.write(socket, answer(socket, answers)));
  }

  private ScriptedServer tls(String name, UnaryOperator<String> answers) throws Exception {
    var context = certificates.server(name, Instant.now().plus(Duration.ofDays(90)));
    return ScriptedServer.tls(
        context, socket -> ScriptedServer.write(socket, answer(socket, answers)));
  }

  private String answer(Socket socket, UnaryOperator<String> answers) throws IOException {
    var request = ScriptedServer.request(socket);
    requests.add(request);
    return answers.apply(request.split(" ")[1]);
  }

  private static String redirect(int status, String location) {
    return "HTTP/1.1 %d Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
        .formatted(status, location);
  }

  private static String status(int code) {
    return "HTTP/1.1 %d Done\r\nContent-Length: 0\r\n\r\n".formatted(code);
  }

  private static Http get(String host) {
    return new Http(0, new HttpExchange("GET", "/", host, headers(), nothing(), success(), true));
  }

  private static Https https() {
    return new Https(
        0,
        new HttpExchange("GET", "/", "app.example", headers(), nothing(), success(), true),
        TRUSTING);
  }

  private static HttpExchange exchange(String method, String host, int expected) {
    return new HttpExchange(
        method,
        "/",
        host,
        headers(),
        method.equals("POST") ? new Text.Literal("body") : nothing(),
        List.of(new StatusRange(expected, expected)),
        true);
  }

  private static Map<String, Text> headers() {
    return Map.of("X-Key", new Text.Literal("s3cret"));
  }

  private static Text nothing() {
    return new Text.Literal("");
  }

  private static List<StatusRange> success() {
    return List.of(new StatusRange(200, 299));
  }
}
