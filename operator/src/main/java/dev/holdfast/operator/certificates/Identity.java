package dev.holdfast.operator.certificates;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** A certificate with its key. */
public record Identity(X509Certificate certificate, PrivateKey key) {

  private static final int DNS_NAME = 2;

  /** Whether less than a third of the certificate's life is left. */
  boolean isDue(Instant now) {
    var begin = certificate.getNotBefore().toInstant();
    var end = certificate.getNotAfter().toInstant();
    return now.isAfter(end.minus(Duration.between(begin, end).dividedBy(3)));
  }

  boolean isNamed(String dnsName) {
    return dnsNames(certificate).contains(dnsName);
  }

  boolean isIssuedBy(Identity authority) {
    try {
      certificate.verify(authority.certificate().getPublicKey());
      return true;
    } catch (java.security.GeneralSecurityException e) {
      return false;
    }
  }

  /** The DNS names a certificate is valid for; none when it names nothing readable. */
  static List<String> dnsNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME))
              .map(name -> name.get(1).toString())
              .toList();
    } catch (java.security.cert.CertificateParsingException e) {
      return List.of();
    }
  }

  @Override
  public String toString() {
    return "Identity[" + certificate.getSubjectX500Principal() + "]";
  }
}
