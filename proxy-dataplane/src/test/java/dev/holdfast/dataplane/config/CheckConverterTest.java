package dev.holdfast.dataplane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import dev.holdfast.health.probe.HttpExchange.StatusRange;
import dev.holdfast.health.probe.TlsOptions;
import dev.holdfast.health.probe.TlsOptions.WarnExpiry;
import dev.holdfast.health.reference.Reference;
import dev.holdfast.health.reference.Text;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.SpecBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckConverterTest {

  @Test
  @DisplayName("Without times and counts a check has those of the schema, and half of its interval")
  void defaults() {
    assertThat(one("{name: up, tcp: {}}"))
        .isEqualTo(
            new HealthCheck(
                "up",
                new CheckKind.Tcp(0),
                new CheckSettings(
                    new Schedule(Duration.ofSeconds(5), Duration.ofSeconds(1)),
                    Duration.ofMillis(2500),
                    new Thresholds(2, 3))));
  }

  @Test
  @DisplayName("Times and counts are taken as written")
  void written() {
    var check =
        one(
            "{name: up, tcp: {port: 81}, interval: 2s, timeout: 300ms, fall: 4, rise: 5,"
                + " fastInterval: 500ms}");
    assertThat(check.kind()).isEqualTo(new CheckKind.Tcp(81));
    assertThat(check.settings())
        .isEqualTo(
            new CheckSettings(
                new Schedule(Duration.ofSeconds(2), Duration.ofMillis(500)),
                Duration.ofMillis(300),
                new Thresholds(5, 4)));
  }

  @Test
  @DisplayName("An interval of 0s runs only while a primary is chosen, for 5 s at most")
  void onSelectionOnly() {
    var check = one("{name: up, exec: {command: [/bin/check, -x]}, interval: 0s}");
    assertThat(check.periodic()).isFalse();
    assertThat(check.settings().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(check.kind()).isEqualTo(new CheckKind.Exec(List.of("/bin/check", "-x")));
    assertThat(one("{name: up, tcp: {}}").periodic()).isTrue();
  }

  @Test
  @DisplayName("An HTTP request has what is written and what is kept in Secrets")
  void http() {
    var http =
        (CheckKind.Http)
            one("""
            {name: web, http: {port: 8080, path: /h, method: POST, host: app,
             headers: {X-A: b}, headersFrom: [{name: Auth, secretKeyRef: {name: s, key: k}}],
             bodySecretRef: {name: s, key: body}, expectStatus: ["200", "300-302"]}}\
            """)
                .kind();
    assertThat(http.port()).isEqualTo(8080);
    var exchange = http.exchange();
    assertThat(exchange.method()).isEqualTo("POST");
    assertThat(exchange.path()).isEqualTo("/h");
    assertThat(exchange.host()).isEqualTo("app");
    assertThat(exchange.headers())
        .isEqualTo(
            Map.of(
                "X-A", new Text.Literal("b"),
                "Auth", new Text.Kept(Reference.secret("s", "k"))));
    assertThat(exchange.body()).isEqualTo(new Text.Kept(Reference.secret("s", "body")));
    assertThat(exchange.expected())
        .containsExactly(new StatusRange(200, 200), new StatusRange(300, 302));
  }

  @Test
  @DisplayName("HTTPS has its trust and the defaults of its warnings")
  void https() {
    var https = (CheckKind.Https) one("{name: web, https: {caBundle: {configMapName: ca}}}").kind();
    assertThat(https.tls())
        .isEqualTo(
            new TlsOptions(
                "",
                false,
                Reference.configMap("ca", "ca.crt"),
                new WarnExpiry(Duration.ofDays(14), Duration.ofDays(7))));
    assertThat(https.exchange().expected()).containsExactly(new StatusRange(200, 299));
  }

  @Test
  @DisplayName("Escapes in send and expect are YAML's")
  void sendExpect() {
    assertThat(one("{name: ping, sendExpect: {send: \"PING\\r\\n\", expect: \"+PONG\"}}").kind())
        .isEqualTo(new CheckKind.SendExpect("PING\r\n", "+PONG", false));
  }

  @Test
  @DisplayName("A range from high to low and a header of the connection are refused by name")
  void refused() {
    assertThatThrownBy(() -> one("{name: web, http: {expectStatus: [\"299-200\"]}}"))
        .hasMessage("expectStatus: expected a range from low to high, found 299-200");
    assertThatThrownBy(() -> one("{name: web, http: {headers: {Content-Length: \"5\"}}}"))
        .hasMessage("check web: the header Content-Length cannot be set, take it out");
  }

  private static HealthCheck one(String check) {
    var text =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: FailoverProxy
        metadata: {name: db}
        spec:
          listen: {port: 5432}
          backends: [{name: a, host: a.db, port: 5432}]
          checks:
          - %s
        """
            .formatted(check.replace("\n", "\n    "));
    var read = ManifestReader.checkingRules().read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    return CheckConverter.checks(SpecBinder.failoverProxy(read.manifests().getFirst())).getFirst();
  }
}
