package dev.holdfast.operator.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.api.identity.DnsNames;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CertificateSetTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final PeerNames NAMES = PeerNames.of(new ResourceID("postgres", "db"), "fop");

  private final CertificateIssuer issuer = new CertificateIssuer(new SecureRandom());

  @Test
  @DisplayName("pod and operator get certificates of one authority, each with its own name")
  void issues() throws GeneralSecurityException {
    var set = CertificateSet.issue(issuer, NAMES, START);
    assertThat(DnsNames.of(set.pod().certificate()))
        .containsExactly(
            "postgres.db.fop.holdfast",
            "postgres-fop-0.peer.postgres.db.fop.holdfast",
            "postgres-fop-1.peer.postgres.db.fop.holdfast",
            "postgres-fop-2.peer.postgres.db.fop.holdfast",
            "postgres-fop-3.peer.postgres.db.fop.holdfast",
            "postgres-fop-4.peer.postgres.db.fop.holdfast",
            "postgres-fop-5.peer.postgres.db.fop.holdfast",
            "postgres-fop-6.peer.postgres.db.fop.holdfast");
    assertThat(DnsNames.of(set.operator().certificate()))
        .containsExactly("operator.postgres.db.fop.holdfast");
    assertThat(set.pod().isIssuedBy(set.authority())).isTrue();
    assertThat(set.operator().isIssuedBy(set.authority())).isTrue();
    assertThat(set.pod().certificate().getExtendedKeyUsage())
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(set.authority().certificate().getBasicConstraints()).isZero();
    assertThat(set.pod().certificate().getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  @DisplayName("what is written to a Secret is read back the same")
  void entries() throws GeneralSecurityException {
    var set = CertificateSet.issue(issuer, NAMES, START);
    assertThat(CertificateSet.fromEntries(set.toEntries())).isEqualTo(set);
  }

  @Test
  @DisplayName("nothing changes while more than a third of every life is left")
  void stays() throws GeneralSecurityException {
    var set = CertificateSet.issue(issuer, NAMES, START);
    var later = START.plus(CertificateIssuer.LEAF_LIFE.multipliedBy(65).dividedBy(100));
    assertThat(set.renewed(issuer, NAMES, later)).isSameAs(set);
  }

  @Test
  @DisplayName("leaves are issued anew before a third of their life is left, by the same authority")
  void renewsLeaves() throws GeneralSecurityException {
    var set = CertificateSet.issue(issuer, NAMES, START);
    var later = START.plus(CertificateIssuer.LEAF_LIFE.multipliedBy(67).dividedBy(100));
    var renewed = set.renewed(issuer, NAMES, later);
    assertThat(renewed.authority()).isEqualTo(set.authority());
    assertThat(renewed.pod()).isNotEqualTo(set.pod());
    assertThat(renewed.operator()).isNotEqualTo(set.operator());
    assertThat(renewed.pod().certificate().getNotAfter().toInstant())
        .isEqualTo(later.plus(CertificateIssuer.LEAF_LIFE));
  }

  @Test
  @DisplayName("a new authority is believed before it issues, and the old one until it expires")
  void renewsAuthority() throws GeneralSecurityException {
    var later = START.plus(CertificateIssuer.AUTHORITY_LIFE.multipliedBy(67).dividedBy(100));
    var set = CertificateSet.issue(issuer, NAMES, START).renewed(issuer, NAMES, later);
    var following = set.next();

    assertThat(following).isNotNull();
    assertThat(set.trusted())
        .containsExactly(set.authority().certificate(), following.certificate());
    assertThat(set.pod().isIssuedBy(set.authority())).isTrue();
    assertThat(CertificateSet.fromEntries(set.toEntries())).isEqualTo(set);
    assertThat(set.renewed(issuer, NAMES, later.plus(CertificateSet.SPREAD.dividedBy(2))))
        .as("everybody shall have read it")
        .isSameAs(set);

    var switched = set.renewed(issuer, NAMES, later.plus(CertificateSet.SPREAD));
    assertThat(switched.authority()).isEqualTo(following);
    assertThat(switched.next()).isNull();
    assertThat(switched.trusted())
        .containsExactly(following.certificate(), set.authority().certificate());
    assertThat(switched.pod().isIssuedBy(following)).isTrue();
    assertThat(switched.operator().isIssuedBy(following)).isTrue();
  }

  @Test
  @DisplayName("an authority that has expired is replaced at once, and believed no more")
  void forgetsAuthority() throws GeneralSecurityException {
    var set = CertificateSet.issue(issuer, NAMES, START);
    var afterItsEnd = START.plus(CertificateIssuer.AUTHORITY_LIFE).plus(Duration.ofDays(1));
    var switched = set.renewed(issuer, NAMES, afterItsEnd);
    assertThat(switched.trusted()).containsExactly(switched.authority().certificate());
    assertThat(switched.authority()).isNotEqualTo(set.authority());
  }

  @Test
  @DisplayName("leaves with another name are issued anew")
  void renewsNames() throws GeneralSecurityException {
    var set =
        CertificateSet.issue(issuer, PeerNames.of(new ResourceID("other", "db"), "fop"), START);
    assertThat(set.renewed(issuer, NAMES, START).pod().isNamed(NAMES.ofPods())).isTrue();
  }

  @Test
  @DisplayName("an entry that is missing or is no certificate is named")
  void brokenEntries() throws GeneralSecurityException {
    var entries = new HashMap<>(CertificateSet.issue(issuer, NAMES, START).toEntries());
    entries.remove("tls.key");
    assertThatThrownBy(() -> CertificateSet.fromEntries(entries))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("tls.key");
    entries.put("tls.key", "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(() -> CertificateSet.fromEntries(entries))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  @DisplayName("no text of an identity shows its key")
  void noKeyInText() throws GeneralSecurityException {
    var set = CertificateSet.issue(issuer, NAMES, START);
    assertThat(set.pod().toString()).isEqualTo("Identity[CN=Holdfast]");
  }
}
