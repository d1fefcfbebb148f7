package dev.holdfast.dataplane.admin.access;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The certificate that a client proved to own in the TLS handshake. */
public final class ClientCertificate {
  private ClientCertificate() {}

  /** The certificate's DNS names; null when the client sent none. */
  public static @Nullable List<String> names(SSLSession session) {
    try {
      var leaf = (X509Certificate) session.getPeerCertificates()[0];
      return Certificates.dnsNames(leaf);
    } catch (SSLPeerUnverifiedException e) {
      return null; // how JSSE says that there is no certificate
    } catch (CertificateParsingException e) {
      return List.of(); // verified, but without a name that could grant more than reading
    }
  }
}
