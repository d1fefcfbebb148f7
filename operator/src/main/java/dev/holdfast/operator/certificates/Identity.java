package dev.holdfast.operator.certificates;

import dev.holdfast.api.identity.DnsNames;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A certificate with its key. */
public record Identity(X509Certificate certificate, PrivateKey key) {

  /** Whether less than a third of the certificate's life is left. */
  boolean isDue(Instant now) {
    var begin = certificate.getNotBefore().toInstant();
    var end = certificate.getNotAfter().toInstant();
    return now.isAfter(end.minus(Duration.between(begin, end).dividedBy(3)));
  }

  Instant issuedAt() {
    return certificate.getNotBefore().toInstant();
  }

  boolean isNamed(List<String> dnsNames) {
    return DnsNames.of(certificate).containsAll(dnsNames);
  }

  boolean isIssuedBy(Identity authority) {
    try {
      certificate.verify(authority.certificate().getPublicKey());
      return true;
    } catch (java.security.GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "Identity[" + certificate.getSubjectX500Principal() + "]";
  }
}
