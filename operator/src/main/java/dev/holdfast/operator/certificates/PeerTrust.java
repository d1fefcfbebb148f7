package dev.holdfast.operator.certificates;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Believes a server that shows a certificate of the resource's authority with the resource's name.
 * Pods are dialled by address, which no certificate could name; so the name is checked here, and
 * the JDK's check of host names does not apply.
 */
final class PeerTrust extends X509ExtendedTrustManager {

  private final X509TrustManager chain;
  private final String dnsName;

  /**
   * @param chain checks signatures, dates and key usage
   */
  PeerTrust(X509TrustManager chain, String dnsName) {
    this.chain = chain;
    this.dnsName = dnsName;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType)
      throws CertificateException {
    chain.checkServerTrusted(certificates, authType);
    var found = Identity.dnsNames(certificates[0]);
    if (!found.contains(dnsName)) {
      throw new CertificateException(
          "expected a certificate for %s, found one for %s".formatted(dnsName, found));
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(certificates, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(certificates, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String authType)
      throws CertificateException {
    throw new CertificateException("this end is never a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(certificates, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(certificates, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chain.getAcceptedIssuers();
  }
}
