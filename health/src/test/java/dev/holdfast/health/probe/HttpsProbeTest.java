package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.Warning;
import dev.holdfast.health.Warning.Level;
import dev.holdfast.health.probe.CheckKind.Https;
import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.probe.ProbeResult.Success;
import dev.holdfast.health.probe.TlsOptions.WarnExpiry;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.ReferenceFiles;
import dev.holdfast.health.reference.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpsProbeTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final WarnExpiry WARN = new WarnExpiry(Duration.ofDays(14), Duration.ofDays(7));
  private static final Reference BUNDLE = Reference.configMap("authorities", "ca.crt");

  @TempDir private Path refs;
  private final List<String> namesAskedFor = new CopyOnWriteArrayList<>();
  private TestCertificates certificates;
  private ProbeBench bench;

  @BeforeEach
  void start() throws Exception {
    certificates = new TestCertificates();
    Files.createDirectories(refs.resolve("configmaps/authorities"));
    trust(certificates.pem());
    bench = new ProbeBench(new ReferenceFiles(refs), InstantSource.fixed(NOW));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  @DisplayName("A certificate of a trusted authority for the name that is asked for passes")
  void passes() throws Exception {
    try (var server = server("app.example", Duration.ofDays(90))) {
      assertThat(bench.run(https("app.example", BUNDLE), server.port())).isEqualTo(new Success());
      assertThat(namesAskedFor).containsExactly("app.example");
    }
  }

  @Test
  @DisplayName("L23 The address is dialled; without sni the name is that of the Host header")
  void nameOfHostHeader() throws Exception {
    try (var server = server("web.example", Duration.ofDays(90))) {
      var options = new TlsOptions("", false, BUNDLE, WARN);
      assertThat(bench.run(new Https(0, exchange("web.example:8443"), options), server.port()))
          .isEqualTo(new Success());
    }
  }

  @Test
  @DisplayName("Without sni and host the name is the backend's host")
  void nameOfBackend() throws Exception {
    try (var server = server("db", Duration.ofDays(90))) {
      assertThat(bench.run(https("", BUNDLE), server.port())).isEqualTo(new Success());
    }
  }

  @Test
  @DisplayName("A certificate for another name fails")
  void wrongName() throws Exception {
    try (var server = server("other.example", Duration.ofDays(90))) {
      assertThat(text(bench.run(https("app.example", BUNDLE), server.port())))
          .startsWith("TLS: its certificate is not valid: ")
          .contains("app.example");
    }
  }

  @Test
  @DisplayName("A certificate that has expired fails")
  void expired() throws Exception {
    try (var server = server("app.example", Duration.ofDays(-1))) {
      assertThat(text(bench.run(https("app.example", BUNDLE), server.port())))
          .startsWith("TLS: its certificate has expired");
    }
  }

  @Test
  @DisplayName("An authority that is not trusted fails, unless nothing is verified")
  void untrusted() throws Exception {
    try (var server = server("app.example", Duration.ofDays(90))) {
      assertThat(bench.run(https("app.example", null), server.port()))
          .isEqualTo(
              new Failure(
                  Kind.Unfit,
                  "TLS: its certificate is not signed by an authority that is trusted"));
      var anyone = new TlsOptions("another.example", true, null, WARN);
      assertThat(bench.run(new Https(0, exchange(""), anyone), server.port()))
          .isEqualTo(new Success());
    }
  }

  @Test
  @DisplayName("A certificate that ends soon passes with a warning, then a critical one")
  void endsSoon() throws Exception {
    try (var soon = server("app.example", Duration.ofDays(13));
        var sooner = server("app.example", Duration.ofDays(6))) {
      assertThat(bench.run(https("app.example", BUNDLE), soon.port()))
          .isEqualTo(
              new Success(
                  new Warning(
                      Level.Warning, "its certificate ends at " + NOW.plus(Duration.ofDays(13)))));
      assertThat(bench.run(https("app.example", BUNDLE), sooner.port()))
          .isEqualTo(
              new Success(
                  new Warning(
                      Level.Critical, "its certificate ends at " + NOW.plus(Duration.ofDays(6)))));
    }
  }

  @Test
  @DisplayName("A bundle that changes holds from the next run on; a bad one is named")
  void bundleChanges() throws Exception {
    try (var server = server("app.example", Duration.ofDays(90))) {
      trust(new TestCertificates().pem());
      assertThat(bench.run(https("app.example", BUNDLE), server.port()))
          .isInstanceOf(Failure.class);
      trust(certificates.pem());
      assertThat(bench.run(https("app.example", BUNDLE), server.port())).isEqualTo(new Success());
      trust("no certificate");
      assertThat(text(bench.run(https("app.example", BUNDLE), server.port())))
          .startsWith("config map authorities, key ca.crt: expected certificates in PEM");
    }
  }

  @Test
  @DisplayName("A server that speaks no TLS fails; one that says nothing fails at the timeout")
  void noTls() throws Exception {
    try (var plain = ScriptedServer.plain(socket -> ScriptedServer.write(socket, "220 hello\r\n"));
        var mute = ScriptedServer.plain(socket -> socket.getInputStream().readAllBytes())) {
      assertThat(text(bench.run(https("a", BUNDLE), plain.port()))).startsWith("TLS: ");
      assertThat(bench.run(https("a", BUNDLE), mute.port(), Duration.ofMillis(300)))
          .isEqualTo(new Failure(Kind.Timeout, "no answer within 300ms"));
    }
  }

  private ScriptedServer server(String name, Duration validity) throws Exception {
    SSLContext context = certificates.server(name, NOW.plus(validity));
    return ScriptedServer.tls(
        context,
        socket -> {
          ((SSLSocket) socket).startHandshake();
          var session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
          session.getRequestedServerNames().forEach(asked -> namesAskedFor.add(name(asked)));
          ScriptedServer.request(socket);
          ScriptedServer.write(socket, "HTTP/1.1 204 No Content\r\n\r\n");
        });
  }

  private static String name(SNIServerName asked) {
    return new String(asked.getEncoded(), StandardCharsets.US_ASCII);
  }

  private static Https https(String sni, Reference bundle) {
    return new Https(0, exchange(""), new TlsOptions(sni, false, bundle, WARN));
  }

  private static HttpExchange exchange(String host) {
    return new HttpExchange(
        "GET",
        "/",
        host,
        Map.of(),
        new Text.Literal(""),
        List.of(new StatusRange(200, 299)),
        false);
  }

  private static String text(ProbeResult result) {
    return ((Failure) result).message();
  }

  private void trust(String pem) throws Exception {
    Files.writeString(refs.resolve("configmaps/authorities/ca.crt"), pem);
  }
}
