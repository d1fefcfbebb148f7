package dev.holdfast.api.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Believes a server whose certificate holds a DNS name, wherever it was found: pods are dialled by
 * addresses and behind forwarded ports, which no certificate could name. The JDK's check of host
 * names does not apply then.
 */
public final class NamedServerTrust extends X509ExtendedTrustManager {
  private final X509TrustManager chain;
  private final String expected;

  /**
   * @param chain checks signatures, dates and key usage
   */
  public NamedServerTrust(X509TrustManager chain, String expected) {
    this.chain = chain;
    this.expected = expected;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType)
      throws CertificateException {
    chain.checkServerTrusted(certificates, authType);
    var found = DnsNames.of(certificates[0]);
    if (found.stream().noneMatch(expected::equalsIgnoreCase)) {
      throw new CertificateException(
          "expected a certificate for %s, found one for %s".formatted(expected, found));
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
