package dev.holdfast.cli.client;

import dev.holdfast.cli.console.CommandFailed;
import dev.holdfast.dataplane.admin.access.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes of a TLS directory whom a client believes, and who it is. */
final class ClientTls {
  private static final char[] NO_PASSWORD = {};

  private ClientTls() {}

  /**
   * @throws CommandFailed when the files cannot be used
   */
  static SSLContext of(Path directory) {
    try {
      var believed = store();
      for (var authority : Certificates.parse(Files.readAllBytes(directory.resolve("ca.crt")))) {
        believed.setCertificateEntry("ca" + believed.size(), authority);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(believed);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity(directory), NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new CommandFailed("--tls-dir: cannot use %s: %s".formatted(directory, e), e);
    }
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
