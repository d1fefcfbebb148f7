package dev.holdfast.dataplane.admin.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** What the standard library leaves out of reading certificates and keys. */
public final class Certificates {
  private static final int DNS_NAME = 2;
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private Certificates() {}

  /** The certificates of a PEM file, in its order. */
  public static List<X509Certificate> parse(byte[] pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  /** The subject alternative names that are DNS names. */
  public static List<String> dnsNames(X509Certificate certificate)
      throws CertificateParsingException {
    var names = certificate.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
            .map(name -> String.valueOf(name.get(1)))
            .toList();
  }

  /**
   * The key of a PEM file.
   *
   * @param algorithm such as EC
   * @throws IllegalArgumentException when it is not a PKCS#8 key in the clear
   */
  public static PrivateKey privateKey(byte[] pem, String algorithm)
      throws GeneralSecurityException {
    var matcher = PRIVATE_KEY.matcher(new String(pem, US_ASCII));
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "tls.key: expected an unencrypted PKCS#8 key (BEGIN PRIVATE KEY); convert others with"
              + " `openssl pkcs8 -topk8 -nocrypt`");
    }
    var der = Base64.getMimeDecoder().decode(matcher.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** Whether a signature made with the one is verified by the other. */
  static boolean belongTogether(PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    var algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    if (!key.getAlgorithm().equals(publicKey.getAlgorithm())) {
      return false;
    }
    var sample = new byte[] {1, 2, 3};
    var signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(sample);
    var verifier = Signature.getInstance(algorithm);
    verifier.initVerify(publicKey);
    verifier.update(sample);
    return verifier.verify(signer.sign());
  }
}
