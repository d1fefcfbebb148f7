package dev.holdfast.operator.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All certificates of one resource.
 *
 * @param trusted the authorities that are believed, the issuing one first; an older one stays until
 *     it expires, so that pods that have not read the new one yet are still believed
 */
public record CertificateSet(
    Identity authority, List<X509Certificate> trusted, Identity pod, Identity operator) {

  public static final String AUTHORITY_CERTIFICATE = "ca.crt";
  public static final String POD_CERTIFICATE = "tls.crt";
  public static final String POD_KEY = "tls.key";
  private static final String AUTHORITY_KEY = "ca.key";
  private static final String OPERATOR_CERTIFICATE = "operator.crt";
  private static final String OPERATOR_KEY = "operator.key";

  /** What a resource without certificates gets. */
  public static CertificateSet issue(CertificateIssuer issuer, PeerNames names, Instant now)
      throws GeneralSecurityException {
    var authority = issuer.authority(now);
    return leaves(issuer, authority, List.of(authority.certificate()), names, now);
  }

  /** The same set, or one in which all that is due has been issued anew. */
  public CertificateSet renewed(CertificateIssuer issuer, PeerNames names, Instant now)
      throws GeneralSecurityException {
    if (authority.isDue(now)) {
      var next = issuer.authority(now);
      var believed = new ArrayList<X509Certificate>();
      believed.add(next.certificate());
      trusted.stream()
          .filter(c -> now.isBefore(c.getNotAfter().toInstant()))
          .forEach(believed::add);
      return leaves(issuer, next, believed, names, now);
    }
    return isCurrent(pod, names.pod(), now) && isCurrent(operator, names.operator(), now)
        ? this
        : leaves(issuer, authority, trusted, names, now);
  }

  private boolean isCurrent(Identity leaf, String dnsName, Instant now) {
    return !leaf.isDue(now) && leaf.isNamed(dnsName) && leaf.isIssuedBy(authority);
  }

  private static CertificateSet leaves(
      CertificateIssuer issuer,
      Identity authority,
      List<X509Certificate> trusted,
      PeerNames names,
      Instant now)
      throws GeneralSecurityException {
    var pod = issuer.leaf(authority, names.pod(), now);
    var operator = issuer.leaf(authority, names.operator(), now);
    return new CertificateSet(authority, List.copyOf(trusted), pod, operator);
  }

  /** The Secret's entries, as text. */
  public Map<String, String> toEntries() throws GeneralSecurityException {
    var authorities = new StringBuilder();
    for (var certificate : trusted) {
      authorities.append(Pem.encode(certificate));
    }
    return Map.of(
        AUTHORITY_CERTIFICATE, authorities.toString(),
        AUTHORITY_KEY, Pem.encode(authority.key()),
        POD_CERTIFICATE, Pem.encode(pod.certificate()),
        POD_KEY, Pem.encode(pod.key()),
        OPERATOR_CERTIFICATE, Pem.encode(operator.certificate()),
        OPERATOR_KEY, Pem.encode(operator.key()));
  }

  /**
   * Reads what {@link #toEntries} wrote.
   *
   * @throws GeneralSecurityException when an entry is missing or is not what its name says
   */
  public static CertificateSet fromEntries(Map<String, String> entries)
      throws GeneralSecurityException {
    var trusted = Pem.certificates(entry(entries, AUTHORITY_CERTIFICATE));
    if (trusted.isEmpty()) {
      throw new GeneralSecurityException("expected a certificate in ca.crt, found none");
    }
    var authority = new Identity(trusted.getFirst(), Pem.privateKey(entry(entries, AUTHORITY_KEY)));
    return new CertificateSet(
        authority,
        trusted,
        identity(entries, POD_CERTIFICATE, POD_KEY),
        identity(entries, OPERATOR_CERTIFICATE, OPERATOR_KEY));
  }

  private static Identity identity(Map<String, String> entries, String certificate, String key)
      throws GeneralSecurityException {
    var certificates = Pem.certificates(entry(entries, certificate));
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException(
          "expected a certificate in %s, found none".formatted(certificate));
    }
    return new Identity(certificates.getFirst(), Pem.privateKey(entry(entries, key)));
  }

  private static String entry(Map<String, String> entries, String name)
      throws GeneralSecurityException {
    var entry = entries.get(name);
    if (entry == null) {
      throw new GeneralSecurityException("expected an entry %s, found none".formatted(name));
    }
    return entry;
  }
}
