package dev.holdfast.operator.children;

import dev.holdfast.operator.certificates.CertificateIssuer;
import dev.holdfast.operator.certificates.CertificateSet;
import dev.holdfast.operator.certificates.PeerNames;
import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resource's own authority and certificates. Pods mount their part of it only. */
public final class Certificates<P extends HasMetadata> extends Child<Secret, P> {

  private static final Logger log = LoggerFactory.getLogger(Certificates.class);

  private final CertificateIssuer issuer;
  private final InstantSource clock;

  public Certificates(WorkloadKind<P> kind, CertificateIssuer issuer, InstantSource clock) {
    super(Secret.class, kind);
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected Secret desired(P primary, Context<P> context) {
    try {
      var existing = getSecondaryResource(primary, context).orElse(null);
      return desired(workload(primary), current(primary, existing));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot issue certificates: " + e.getMessage(), e);
    }
  }

  static Secret desired(Workload workload, CertificateSet certificates)
      throws GeneralSecurityException {
    var data = new TreeMap<String, String>();
    certificates.toEntries().forEach((name, text) -> data.put(name, encode(text)));
    return new SecretBuilder()
        .withMetadata(ChildNames.metadata(workload, ChildNames.of(workload).shared()))
        .withType("Opaque")
        .withData(data)
        .build();
  }

  /** What a Secret holds that {@code desired()} made. */
  public static CertificateSet read(Secret secret) throws GeneralSecurityException {
    var entries = new TreeMap<String, String>();
    Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
    data.forEach((name, base64) -> entries.put(name, decode(base64)));
    return CertificateSet.fromEntries(entries);
  }

  private CertificateSet current(P primary, @Nullable Secret existing)
      throws GeneralSecurityException {
    var peers = PeerNames.of(ResourceID.fromResource(primary), kind().shortName());
    if (existing == null) {
      return CertificateSet.issue(issuer, peers, clock.instant());
    }
    CertificateSet found;
    try {
      found = read(existing);
    } catch (GeneralSecurityException e) {
      log.warn(
          "Secret {}/{} does not hold usable certificates, new ones are issued: {}",
          peers.pod(),
          existing.getMetadata().getName(),
          e.getMessage());
      return CertificateSet.issue(issuer, peers, clock.instant());
    }
    return found.renewed(issuer, peers, clock.instant());
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
  }
}
