package dev.holdfast.operator.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues elliptic-curve (P-256) authorities and leaves. Safe for use by several threads. */
public final class CertificateIssuer {

  static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  static final Duration LEAF_LIFE = Duration.ofDays(90);

  /** Other machines' clocks may be late by this much. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  private static final int SERIAL_BITS = 127;

  private final SecureRandom random;

  public CertificateIssuer(SecureRandom random) {
    this.random = random;
  }

  Identity authority(Instant now) throws GeneralSecurityException {
    // A name of its own: with an old authority beside it, the subject tells them apart.
    var subject = new X500Name("CN=Holdfast authority " + serial().toString(36));
    var keys = keys();
    try {
      var certificate =
          builder(subject, subject, keys, now, AUTHORITY_LIFE)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return sign(certificate, keys, keys);
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** A certificate for both ends of a connection, valid for these DNS names. */
  Identity leaf(Identity authority, List<String> dnsNames, Instant now)
      throws GeneralSecurityException {
    var issuer =
        X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
    var keys = keys();
    try {
      var certificate =
          // The name itself can be longer than a common name may be (64 characters).
          builder(issuer, new X500Name("CN=Holdfast"), keys, now, LEAF_LIFE)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(
                      new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                      }))
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(
                      dnsNames.stream()
                          .map(name -> new GeneralName(GeneralName.dNSName, name))
                          .toArray(GeneralName[]::new)));
      var issuerKeys = new KeyPair(authority.certificate().getPublicKey(), authority.key());
      return sign(certificate, keys, issuerKeys);
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant now, Duration life) {
    var begin = Date.from(now.minus(CLOCK_SKEW));
    var end = Date.from(now.plus(life));
    return new JcaX509v3CertificateBuilder(issuer, serial(), begin, end, subject, keys.getPublic());
  }

  private static Identity sign(X509v3CertificateBuilder builder, KeyPair subject, KeyPair issuer)
      throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
      var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new Identity(certificate, subject.getPrivate());
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private KeyPair keys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private BigInteger serial() {
    return new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
  }
}
