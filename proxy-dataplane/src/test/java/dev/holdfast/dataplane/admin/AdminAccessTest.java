package dev.holdfast.dataplane.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.dataplane.admin.access.TestAuthority;
import dev.holdfast.dataplane.admin.access.TestAuthority.Leaf;
import dev.holdfast.dataplane.admin.http.HttpLimits;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.dataplane.status.Statuses;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interface as pods have it: on all addresses, with TLS. */
class AdminAccessTest {
  private static final String OWN = "db.shop.fop.holdfast";

  @TempDir private Path directory;
  private final LiveStatusBoard<ResourceStatus> board = new LiveStatusBoard<>();
  private TestAuthority authority;
  private Leaf serverLeaf;
  private AdminServer server;

  @BeforeEach
  void authority() throws Exception {
    authority = new TestAuthority();
    serverLeaf = authority.leaf(OWN);
    authority.write(directory, serverLeaf);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void start(Path tlsDir, Path tokens) throws IOException {
    server = AdminServer.start(options(tlsDir, tokens), content());
  }

  private static AdminOptions options(Path tlsDir, Path tokens) {
    return new AdminOptions(
        new InetSocketAddress("0.0.0.0", 0),
        tlsDir,
        tokens,
        "1.2.3",
        HttpLimits.defaults(),
        Duration.ofMillis(50));
  }

  private AdminContent content() {
    return new AdminContent(
        board,
        List::of,
        () -> true,
        manifest -> new ConfigSink.Verdict.Applied(List.of()),
        (namespace, name, request) -> Optional.empty(),
        (namespace, name) -> Optional.empty());
  }

  private Path tokenFile() throws IOException {
    return Files.writeString(directory.resolve("tokens"), RunningAdmin.tokenFile());
  }

  private int get(Leaf leaf, String token) throws Exception {
    return ask(HttpRequest.newBuilder(uri("/api/v1/status")), leaf, token);
  }

  private int put(Leaf leaf, String token) throws Exception {
    var body = HttpRequest.BodyPublishers.ofString("kind: x");
    return ask(HttpRequest.newBuilder(uri("/api/v1/config")).PUT(body), leaf, token);
  }

  private int ask(HttpRequest.Builder request, Leaf leaf, String token) throws Exception {
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    var client = HttpClient.newBuilder().sslContext(authority.client(leaf)).build();
    try {
      return client
          .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString())
          .statusCode();
    } finally {
      client.shutdownNow();
    }
  }

  private URI uri(String path) {
    return URI.create("https://127.0.0.1:%d%s".formatted(server.address().getPort(), path));
  }

  @Test
  @DisplayName("Plain HTTP on an address that others reach is refused, and says what to do")
  void noTls() {
    assertThatThrownBy(() -> start(null, tokenFile()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TLS directory")
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  @DisplayName("Tokens read or write by their scope, and no token gets nothing, not even a 404")
  void tokens() throws Exception {
    start(directory, tokenFile());

    assertThat(get(null, null)).isEqualTo(401);
    assertThat(get(null, "wrong-0123456789abcdef")).isEqualTo(401);
    assertThat(get(null, RunningAdmin.READ)).isEqualTo(200);
    assertThat(put(null, null)).isEqualTo(401);
    assertThat(put(null, RunningAdmin.READ)).isEqualTo(403);
    assertThat(put(null, RunningAdmin.ADMIN)).isEqualTo(200);
    assertThat(ask(HttpRequest.newBuilder(uri("/nowhere")), null, null)).isEqualTo(401);
    assertThat(ask(HttpRequest.newBuilder(uri("/healthz")), null, null)).isEqualTo(401);
  }

  @Test
  @DisplayName("The operator's certificate may write, every other one of the authority may read")
  void certificates() throws Exception {
    start(directory, null);

    assertThat(put(authority.leaf("operator." + OWN), null)).isEqualTo(200);
    assertThat(get(authority.leaf("operator." + OWN), null)).isEqualTo(200);
    assertThat(get(serverLeaf, null)).isEqualTo(200);
    assertThat(put(serverLeaf, null)).isEqualTo(403);
    assertThat(put(authority.leaf("operator.web.shop.fop.holdfast"), null)).isEqualTo(403);
  }

  @Test
  @DisplayName("Without tokens a client with no certificate, or a stranger's, gets no TLS session")
  void strangers() throws Exception {
    start(directory, null);
    var stranger = new TestAuthority().leaf("operator." + OWN);

    assertThatThrownBy(() -> get(null, null)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(stranger, null)).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("A stranger's certificate is no way around a missing token")
  void strangersBesideTokens() throws Exception {
    start(directory, tokenFile());
    var stranger = new TestAuthority().leaf("operator." + OWN);

    assertThatThrownBy(() -> put(stranger, null)).isInstanceOf(IOException.class);
    assertThat(put(authority.leaf("operator." + OWN), null)).isEqualTo(200);
  }

  @Test
  @DisplayName(
      "A token file that changes is in force without a restart; a broken one changes nothing")
  void tokenReload() throws Exception {
    var tokens = tokenFile();
    start(directory, tokens);
    Files.writeString(tokens, "read another-0123456789abcdef");
    await().until(() -> get(null, "another-0123456789abcdef") == 200);
    assertThat(get(null, RunningAdmin.READ)).isEqualTo(401);

    Files.writeString(tokens, "broken");
    assertThat(get(null, "another-0123456789abcdef")).isEqualTo(200);
  }

  @Test
  @DisplayName("New certificates are used for new connections, and a running stream goes on")
  void certificateReload() throws Exception {
    start(directory, tokenFile());
    board.publish(Statuses.of("shop", "db", 1, 0));
    var client = HttpClient.newBuilder().sslContext(authority.client(null)).build();
    try (var stream = stream(client)) {
      assertThat(new String(stream.readNBytes(13))).isEqualTo("event: status");
      var renewed = authority.leaf(OWN);
      authority.write(directory, renewed);
      await().until(() -> serverCertificate().equals(renewed.certificate()));

      board.publish(Statuses.of("shop", "db", 2, 0));
      assertThat(new String(readUntil(stream, "\"epoch\":2"))).contains("event: status");
    } finally {
      client.shutdownNow();
    }
  }

  @Test
  @DisplayName("A TLS directory that cannot be used at the start is an error that names the file")
  void unusable() throws Exception {
    Files.writeString(directory.resolve("tls.key"), "-----BEGIN RSA PRIVATE KEY-----");
    assertThatThrownBy(() -> start(directory, null)).hasMessageContaining("PKCS#8");
    Files.delete(directory.resolve("tls.key"));
    assertThatThrownBy(() -> start(directory, null)).hasMessageContaining("tls.key");
  }

  private InputStream stream(HttpClient client) throws Exception {
    var request =
        HttpRequest.newBuilder(uri("/api/v1/status/stream"))
            .header("Authorization", "Bearer " + RunningAdmin.READ)
            .build();
    return client.send(request, BodyHandlers.ofInputStream()).body();
  }

  private static byte[] readUntil(InputStream in, String end) throws IOException {
    var text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      text.append((char) in.read());
      assertThat(text.length()).isLessThan(10_000);
    }
    return text.toString().getBytes();
  }

  private X509Certificate serverCertificate() throws Exception {
    var sockets = authority.client(null).getSocketFactory();
    try (var socket = (SSLSocket) sockets.createSocket("127.0.0.1", server.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
