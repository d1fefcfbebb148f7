package dev.holdfast.cli.client;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Believes a server whose certificate holds a DNS name, wherever it was found: behind a forwarded
 * port its address is another one. The JDK's check of host names does not apply then.
 */
final class ServerName extends X509ExtendedTrustManager {
  private static final int DNS_NAME = 2;

  private final X509TrustManager chain;
  private final String expected;

  /**
   * @param chain checks signatures, dates and key usage
   */
  ServerName(X509TrustManager chain, String expected) {
    this.chain = chain;
    this.expected = expected;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] certificates, String authType)
      throws CertificateException {
    chain.checkServerTrusted(certificates, authType);
    var found = dnsNames(certificates[0]);
    if (found.stream().noneMatch(expected::equalsIgnoreCase)) {
      throw new CertificateException(
          "--server-name: expected a certificate for %s, found one for %s"
              .formatted(expected, found));
    }
  }

  private static List<String> dnsNames(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
            .map(name -> String.valueOf(name.get(1)))
            .toList();
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
