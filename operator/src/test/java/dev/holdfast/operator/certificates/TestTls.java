package dev.holdfast.operator.certificates;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for tests, and the pods' end of a connection. */
public final class TestTls {

  private static final CertificateIssuer ISSUER = new CertificateIssuer(new SecureRandom());

  private TestTls() {}

  public static CertificateSet issue(String namespace, String name)
      throws GeneralSecurityException {
    return CertificateSet.issue(
        ISSUER, PeerNames.of(new ResourceID(name, namespace), "fop"), Instant.now());
  }

  /** A pod that is certified by the same authority, under another resource's name. */
  public static CertificateSet withPodOf(CertificateSet set, String namespace, String name)
      throws GeneralSecurityException {
    var pod =
        ISSUER.leaf(
            set.authority(),
            PeerNames.of(new ResourceID(name, namespace), "fop").ofPods(),
            Instant.now());
    return new CertificateSet(set.authority(), set.trusted(), null, pod, set.operator());
  }

  public static SSLContext serverContext(CertificateSet set)
      throws GeneralSecurityException, IOException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (var certificate : set.trusted()) {
      trusted.setCertificateEntry(certificate.getSerialNumber().toString(), certificate);
    }
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    var own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    var chain = new Certificate[] {set.pod().certificate()};
    own.setKeyEntry("pod", set.pod().key(), new char[0], chain);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
