package dev.holdfast.cli.client;

import dev.holdfast.api.identity.NamedServerTrust;
import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.dataplane.admin.access.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes of a TLS directory and a server's name whom a client believes, and who it is. */
final class ClientTls {
  private static final char[] NO_PASSWORD = {};

  private ClientTls() {}

  /**
   * @param directory null for the system's authorities, and no certificate of one's own
   * @param serverName null for the name in the URL
   * @throws CommandFailed when the files cannot be used
   */
  static SSLContext of(@Nullable Path directory, @Nullable String serverName) {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(directory == null ? null : authorities(directory));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(directory == null ? store() : identity(directory), NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(
          keys.getKeyManagers(),
          serverName == null
              ? trust.getTrustManagers()
              : new TrustManager[] {new NamedServerTrust(chain(trust), serverName)},
          null);
      return context;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new CommandFailed("--tls-dir: cannot use %s: %s".formatted(directory, e), e);
    }
  }

  private static X509TrustManager chain(TrustManagerFactory trust) {
    return Stream.of(trust.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("every Java runtime checks X.509 chains"));
  }

  private static KeyStore authorities(Path directory) throws IOException, GeneralSecurityException {
    var believed = store();
    for (var authority : Certificates.parse(Files.readAllBytes(directory.resolve("ca.crt")))) {
      believed.setCertificateEntry("ca" + believed.size(), authority);
    }
    return believed;
  }

  private static KeyStore identity(Path directory) throws IOException, GeneralSecurityException {
    var identity = store();
    var certificate = directory.resolve("tls.crt");
    if (Files.exists(certificate)) {
      var chain = Certificates.parse(Files.readAllBytes(certificate));
      var key =
          Certificates.privateKey(
              Files.readAllBytes(directory.resolve("tls.key")),
              chain.getFirst().getPublicKey().getAlgorithm());
      identity.setKeyEntry("me", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    }
    return identity;
  }

  private static KeyStore store() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
