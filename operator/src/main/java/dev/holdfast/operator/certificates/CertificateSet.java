package dev.holdfast.operator.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All certificates of one resource.
 *
 * @param trusted the authorities that are believed, the issuing one first; an older one stays until
 *     it expires, so that whoever has a leaf of it is still believed
 * @param next the authority that will issue, once everybody has had the time to read that it is
 *     believed: a pod that has not would refuse the leaves of all others; null for none
 */
public record CertificateSet(
    Identity authority,
    List<X509Certificate> trusted,
    @Nullable Identity next,
    Identity pod,
    Identity operator) {

  /** Nodes renew mounted Secrets within two minutes. */
  static final Duration SPREAD = Duration.ofHours(1);

  public static final String AUTHORITY_CERTIFICATE = "ca.crt";
  public static final String POD_CERTIFICATE = "tls.crt";
  public static final String POD_KEY = "tls.key";
  private static final String AUTHORITY_KEY = "ca.key";
  private static final String NEXT_CERTIFICATE = "next-ca.crt";
  private static final String NEXT_KEY = "next-ca.key";
  private static final String OPERATOR_CERTIFICATE = "operator.crt";
  private static final String OPERATOR_KEY = "operator.key";

  /** What a resource without certificates gets. */
  public static CertificateSet issue(CertificateIssuer issuer, PeerNames names, Instant now)
      throws GeneralSecurityException {
    var authority = issuer.authority(now);
    return leaves(issuer, authority, List.of(authority.certificate()), null, names, now);
  }

  /** The same set, or one in which all that is due has been issued anew. */
  public CertificateSet renewed(CertificateIssuer issuer, PeerNames names, Instant now)
      throws GeneralSecurityException {
    var following = next == null && authority.isDue(now) ? issuer.authority(now) : next;
    if (following != null && mayIssue(following, now)) {
      return leaves(issuer, following, believing(following.certificate(), now), null, names, now);
    }
    var believed =
        next == null && following != null ? announcing(following.certificate()) : trusted;
    if (isCurrent(pod, names.ofPods(), now)
        && isCurrent(operator, List.of(names.operator()), now)) {
      return Objects.equals(following, next)
          ? this
          : new CertificateSet(authority, believed, following, pod, operator);
    }
    return leaves(issuer, authority, believed, following, names, now);
  }

  /** An authority that has ended is believed by nobody: the next one cannot make it worse. */
  private boolean mayIssue(Identity following, Instant now) {
    return now.isAfter(following.issuedAt().plus(SPREAD))
        || !now.isBefore(authority.certificate().getNotAfter().toInstant());
  }

  private List<X509Certificate> announcing(X509Certificate following) {
    return Stream.concat(trusted.stream(), Stream.of(following)).toList();
  }

  private List<X509Certificate> believing(X509Certificate first, Instant now) {
    var believed = new ArrayList<X509Certificate>();
    believed.add(first);
    trusted.stream()
        .filter(c -> !c.equals(first) && now.isBefore(c.getNotAfter().toInstant()))
        .forEach(believed::add);
    return believed;
  }

  private boolean isCurrent(Identity leaf, List<String> dnsNames, Instant now) {
    return !leaf.isDue(now) && leaf.isNamed(dnsNames) && leaf.isIssuedBy(authority);
  }

  private static CertificateSet leaves(
      CertificateIssuer issuer,
      Identity authority,
      List<X509Certificate> trusted,
      @Nullable Identity next,
      PeerNames names,
      Instant now)
      throws GeneralSecurityException {
    var pod = issuer.leaf(authority, names.ofPods(), now);
    var operator = issuer.leaf(authority, List.of(names.operator()), now);
    return new CertificateSet(authority, List.copyOf(trusted), next, pod, operator);
  }

  /** The Secret's entries, as text. */
  public Map<String, String> toEntries() throws GeneralSecurityException {
    var authorities = new StringBuilder();
    for (var certificate : trusted) {
      authorities.append(Pem.encode(certificate));
    }
    var entries = new TreeMap<String, String>();
    entries.put(AUTHORITY_CERTIFICATE, authorities.toString());
    entries.put(AUTHORITY_KEY, Pem.encode(authority.key()));
    put(entries, POD_CERTIFICATE, POD_KEY, pod);
    put(entries, OPERATOR_CERTIFICATE, OPERATOR_KEY, operator);
    if (next != null) {
      put(entries, NEXT_CERTIFICATE, NEXT_KEY, next);
    }
    return entries;
  }

  private static void put(
      Map<String, String> entries, String certificate, String key, Identity identity)
      throws GeneralSecurityException {
    entries.put(certificate, Pem.encode(identity.certificate()));
    entries.put(key, Pem.encode(identity.key()));
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
        entries.containsKey(NEXT_CERTIFICATE)
            ? identity(entries, NEXT_CERTIFICATE, NEXT_KEY)
            : null,
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
