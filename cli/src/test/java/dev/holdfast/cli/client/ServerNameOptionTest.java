package dev.holdfast.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An admin interface found at 127.0.0.1, whose certificate is for another name. */
class ServerNameOptionTest {
  private static final String NAME = "pg.default.fop.holdfast";
  private static final char[] PASSWORD = "only-a-test".toCharArray();

  @TempDir Path directory;
  private HttpsServer server;

  @BeforeEach
  void serve() throws Exception {
    var keys = selfSigned();
    Files.writeString(
        directory.resolve("ca.crt"),
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(
                Base64.getMimeEncoder().encodeToString(keys.getCertificate("me").getEncoded())));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    server.createContext(
        "/api/v1/status",
        exchange -> {
          var body = "{\"resources\": []}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @DisplayName("Behind a forwarded port the server is known by the name in its certificate")
  void expected() throws Exception {
    assertThat(client("--server-name", NAME).statuses()).isEmpty();
  }

  @Test
  @DisplayName("Without the option the address must be in the certificate, and help is offered")
  void byAddress() {
    assertThatThrownBy(() -> client().statuses())
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("--server-name which name");
  }

  @Test
  @DisplayName("A server with another name is not believed, and its name is told")
  void another() {
    assertThatThrownBy(() -> client("--server-name", "other.default.fop.holdfast").statuses())
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("expected a certificate for other.default.fop.holdfast")
        .hasMessageContaining("[" + NAME + "]");
  }

  @Test
  @DisplayName("A name for a server that shows no certificate is refused before anything is sent")
  void inTheClear() {
    var options = new ClientOptions();
    new CommandLine(options).parseArgs("--address", "http://127.0.0.1:1", "--server-name", NAME);
    assertThatThrownBy(options::client).hasMessageContaining("expected an https --address");
  }

  private AdminClient client(String... more) {
    var args = new ArrayList<String>();
    args.addAll(List.of("--address", "https://127.0.0.1:" + server.getAddress().getPort()));
    args.addAll(List.of("--tls-dir", directory.toString()));
    args.addAll(List.of(more));
    var options = new ClientOptions();
    new CommandLine(options).parseArgs(args.toArray(String[]::new));
    return options.client();
  }

  private KeyStore selfSigned() throws Exception {
    var file = directory.resolve("server.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "me",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=dns:" + NAME,
                "-keystore",
                file.toString(),
                "-storepass",
                String.valueOf(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static SSLContext context(KeyStore store) throws GeneralSecurityException, IOException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
