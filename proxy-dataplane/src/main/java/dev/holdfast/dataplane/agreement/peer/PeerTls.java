package dev.holdfast.dataplane.agreement.peer;

import dev.holdfast.dataplane.admin.access.FollowedFiles;
import dev.holdfast.dataplane.admin.access.KeyFiles;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Both ends of mutual TLS 1.3. The handshake checks chains and dates; whose certificate it is, the
 * introduction checks, because pods are dialled under names that certificates do not bear.
 */
record PeerTls(SslContext server, SslContext client, X509TrustManager trust) {
  private static final String PROTOCOL = "TLSv1.3";

  /**
   * @throws IllegalArgumentException when the files cannot be used
   */
  static FollowedFiles<PeerTls> follow(Path directory) {
    return KeyFiles.follow(directory, PeerTls::of);
  }

  private static PeerTls of(KeyFiles files) throws GeneralSecurityException {
    try {
      var trust = trust(files);
      var server =
          SslContextBuilder.forServer(files.key(), files.chain())
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOL)
              .trustManager(trust)
              .clientAuth(ClientAuth.REQUIRE)
              .build();
      var client =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOL)
              .keyManager(files.key(), files.chain())
              .trustManager(trust)
              .endpointIdentificationAlgorithm(null)
              .build();
      return new PeerTls(server, client, trust);
    } catch (SSLException e) {
      throw new GeneralSecurityException(e.getMessage(), e);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
  }

  private static X509TrustManager trust(KeyFiles files)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (var authority : files.authorities()) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  /** Whether the chain, which was good when its connection began, still is. */
  boolean stillTrusts(X509Certificate[] chain) {
    try {
      trust.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }
}
