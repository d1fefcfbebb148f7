package dev.holdfast.dataplane.admin.access;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives as long as a test. */
public final class TestAuthority {
  private final X500Name name;
  private final KeyPair keys = keyPair();
  private final X509Certificate certificate;
  private int serial = 1;

  public record Leaf(X509Certificate certificate, PrivateKey key) {}

  public TestAuthority() throws Exception {
    this("test authority");
  }

  public TestAuthority(String commonName) throws Exception {
    name = new X500Name("CN=" + commonName);
    certificate = sign(name, keys, true, inAnHour());
  }

  /** A certificate for these DNS names and 127.0.0.1, for servers and clients. */
  public Leaf leaf(String... dnsNames) throws Exception {
    var pair = keyPair();
    return new Leaf(
        sign(new X500Name("CN=leaf " + serial), pair, false, inAnHour(), dnsNames),
        pair.getPrivate());
  }

  private static Instant inAnHour() {
    return Instant.now().plus(Duration.ofHours(1));
  }

  /** One that ended a minute ago. */
  public Leaf expiredLeaf(String... dnsNames) throws Exception {
    var pair = keyPair();
    var end = Instant.now().minus(Duration.ofMinutes(1));
    return new Leaf(
        sign(new X500Name("CN=leaf " + serial), pair, false, end, dnsNames), pair.getPrivate());
  }

  /**
   * Writes ca.crt, tls.crt and tls.key as a mounted Secret has them.
   *
   * @param others authorities that are believed too
   */
  public void write(Path directory, Leaf leaf, TestAuthority... others)
      throws IOException, GeneralSecurityException {
    var bundle = new StringBuilder(pem("CERTIFICATE", certificate.getEncoded()));
    for (var other : others) {
      bundle.append(pem("CERTIFICATE", other.certificate.getEncoded()));
    }
    Files.writeString(directory.resolve("ca.crt"), bundle);
    Files.writeString(
        directory.resolve("tls.crt"), pem("CERTIFICATE", leaf.certificate().getEncoded()));
    Files.writeString(directory.resolve("tls.key"), pem("PRIVATE KEY", leaf.key().getEncoded()));
  }

  /** A client's context that trusts this authority and shows the leaf, or nothing when null. */
  public SSLContext client(Leaf leaf) throws GeneralSecurityException, IOException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (leaf != null) {
      own.setKeyEntry("me", leaf.key(), new char[0], new Certificate[] {leaf.certificate()});
    }
    var key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    key.init(own, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private X509Certificate sign(
      X500Name subject, KeyPair pair, boolean authority, Instant end, String... names)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(serial++),
            Date.from(end.minus(Duration.ofHours(2))),
            Date.from(end),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!authority) {
      var usages =
          new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages));
      builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
    }
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static GeneralNames alternatives(String... names) {
    var all =
        Arrays.stream(names)
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    var withAddress = Arrays.copyOf(all, all.length + 1);
    withAddress[all.length] = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    return new GeneralNames(withAddress);
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String pem(String type, byte[] der) {
    var text = new StringWriter();
    text.write("-----BEGIN " + type + "-----\n");
    text.write(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    text.write("\n-----END " + type + "-----\n");
    return text.toString();
  }
}
