package dev.holdfast.operator.certificates;

import dev.holdfast.api.identity.NamedServerTrust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** How the operator connects to the pods of one resource: both ends show a certificate. */
public final class OperatorTls {

  private static final char[] NO_PASSWORD = {};

  private OperatorTls() {}

  public static SSLContext context(CertificateSet certificates, PeerNames names)
      throws GeneralSecurityException {
    try {
      var context = SSLContext.getInstance("TLSv1.3");
      var trust = new NamedServerTrust(chainTrust(certificates.trusted()), names.pod());
      context.init(keyManagers(certificates.operator()), new TrustManager[] {trust}, null);
      return context;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static X509TrustManager chainTrust(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    var store = emptyStore();
    for (var i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static KeyManager[] keyManagers(Identity identity)
      throws GeneralSecurityException, IOException {
    var store = emptyStore();
    var chain = new Certificate[] {identity.certificate()};
    store.setKeyEntry("operator", identity.key(), NO_PASSWORD, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
