package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class AdminPortE2E {
  private static final int ADMIN = 2340;
  private static final int PROBE = 8081;
  private static final String TOKEN = "a-token-of-a-scraper-0123456789";

  @Test
  @DisplayName("the ports of a pod show nothing to strangers and everything to the operator")
  void strangers(TestNamespace namespace) throws Exception {
    new Box(namespace).startBackends("pg-0");
    namespace.kubectl().apply(ProxyManifest.of("other", "pg-0").toString());
    namespace.applyAndAwaitReady(ProxyManifest.of("postgres", "pg-0").toString(), "postgres");
    namespace.awaitReady("other");

    try (var admin = forward(namespace, ADMIN);
        var probe = forward(namespace, PROBE)) {
      assertRefused(PeerCredentials.none(), admin);
      assertRefused(operatorOf(namespace, "other"), admin);
      assertOperatorIsServed(namespace, admin);
      assertProbeShowsHealthOnly(probe);
    }
  }

  @Test
  @DisplayName("a token from a Secret opens the admin port for what it is good for, and no more")
  void tokens(TestNamespace namespace) throws Exception {
    new Box(namespace).startBackends("pg-0");
    var manifest =
        ProxyManifest.of("postgres", "pg-0")
            .with("admin: {port: 9440, tokenSecretRef: {name: readers, key: tokens}}");
    namespace.kubectl().apply(manifest.toString());
    namespace.awaitCondition("postgres", "Ready=False/ReferenceMissing", 60);
    namespace.awaitEvent("postgres", "ReferenceMissing", 60, "readers");
    namespace
        .kubectl()
        .run("create", "secret", "generic", "readers", "--from-literal=tokens=read " + TOKEN);
    namespace.awaitReady("postgres");

    try (var admin = forward(namespace, 9440);
        var reader = client(PeerCredentials.none())) {
      var metrics = reader.send(bearing(TOKEN, admin, "/metrics"), BodyHandlers.ofString());
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body()).contains("holdfast_failover_primary_epoch");
      var other = bearing("x" + TOKEN, admin, "/metrics");
      assertThat(reader.send(other, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
      var put =
          HttpRequest.newBuilder(URI.create(base("https", admin) + "/api/v1/config"))
              .timeout(Duration.ofSeconds(5))
              .header("Authorization", "Bearer " + TOKEN)
              .PUT(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(reader.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
    }
    assertThat(namespace.kubectl().run("get", "fop,pods,events", "-o", "yaml"))
        .doesNotContain(TOKEN);
  }

  private static HttpRequest bearing(String token, LocalPortForward port, String path) {
    return HttpRequest.newBuilder(URI.create(base("https", port) + path))
        .timeout(Duration.ofSeconds(5))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private static void assertRefused(SSLContext credentials, LocalPortForward admin)
      throws Exception {
    try (var stranger = client(credentials)) {
      for (var path : new String[] {"/api/v1/status", "/api/v1/status/stream", "/metrics"}) {
        assertThat(statusOrRefused(stranger, admin, get(admin, path))).isIn(401, 403);
      }
      var put =
          HttpRequest.newBuilder(URI.create(base("https", admin) + "/api/v1/config"))
              .timeout(Duration.ofSeconds(5))
              .PUT(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(statusOrRefused(stranger, admin, put)).isIn(401, 403);
    }
  }

  /** A refused handshake is as good as a 403. */
  private static int statusOrRefused(HttpClient client, LocalPortForward port, HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (SSLException e) {
      return 403;
    }
  }

  private static void assertOperatorIsServed(TestNamespace namespace, LocalPortForward admin)
      throws Exception {
    try (var operator = client(operatorOf(namespace, "postgres"))) {
      var status = operator.send(get(admin, "/api/v1/status"), BodyHandlers.ofString());
      assertThat(status.statusCode()).isEqualTo(200);
      assertThat(status.body()).contains("pg-0");
    }
  }

  private static void assertProbeShowsHealthOnly(LocalPortForward probe) throws Exception {
    try (var anybody = HttpClient.newHttpClient()) {
      var health = anybody.send(plain(probe, "/healthz"), BodyHandlers.ofString());
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).isEmpty();
      for (var path : new String[] {"/", "/metrics", "/api/v1/status", "/api/v1/config"}) {
        var answer = anybody.send(plain(probe, path), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("pg-0", "postgres", "epoch");
      }
    }
  }

  private static SSLContext operatorOf(TestNamespace namespace, String proxy) throws Exception {
    var secrets = namespace.client().secrets().inNamespace(namespace.name());
    return PeerCredentials.of(secrets.withName(proxy + "-fop").get(), "operator");
  }

  private static HttpClient client(SSLContext credentials) {
    return HttpClient.newBuilder()
        .sslContext(credentials)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  private static HttpRequest get(LocalPortForward port, String path) {
    return request(base("https", port) + path);
  }

  private static HttpRequest plain(LocalPortForward port, String path) {
    return request(base("http", port) + path);
  }

  private static HttpRequest request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(5)).build();
  }

  private static String base(String scheme, LocalPortForward port) {
    return "%s://127.0.0.1:%d".formatted(scheme, port.getLocalPort());
  }

  private static LocalPortForward forward(TestNamespace namespace, int port) {
    return namespace
        .client()
        .pods()
        .inNamespace(namespace.name())
        .withName("postgres-fop-0")
        .portForward(port);
  }
}
