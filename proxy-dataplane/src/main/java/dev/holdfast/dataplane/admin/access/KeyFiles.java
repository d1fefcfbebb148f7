package dev.holdfast.dataplane.admin.access;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a TLS directory holds: {@code ca.crt}, {@code tls.crt} and {@code tls.key} (PKCS#8), as
 * Kubernetes mounts a Secret.
 *
 * @param authorities at least one
 * @param chain the own certificate first
 */
public record KeyFiles(
    List<X509Certificate> authorities, List<X509Certificate> chain, PrivateKey key) {

  /** Makes something of a directory's keys. */
  public interface Reader<T> {
    T read(KeyFiles files) throws GeneralSecurityException;
  }

  /**
   * Follows the directory's three files.
   *
   * @throws IllegalArgumentException when the files cannot be used
   */
  public static <T> FollowedFiles<T> follow(Path directory, Reader<T> reader) {
    return new FollowedFiles<>(
        List.of(
            directory.resolve("ca.crt"),
            directory.resolve("tls.crt"),
            directory.resolve("tls.key")),
        contents -> {
          try {
            return reader.read(parse(contents.get(0), contents.get(1), contents.get(2)));
          } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS files: " + e.getMessage(), e);
          }
        });
  }

  public X509Certificate own() {
    return chain.getFirst();
  }

  private static KeyFiles parse(byte[] ca, byte[] chain, byte[] key)
      throws GeneralSecurityException {
    var authorities = Certificates.parse(ca);
    var certificates = Certificates.parse(chain);
    if (authorities.isEmpty() || certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "ca.crt and tls.crt: expected at least one PEM certificate in each");
    }
    var publicKey = certificates.getFirst().getPublicKey();
    var privateKey = Certificates.privateKey(key, publicKey.getAlgorithm());
    if (!Certificates.belongTogether(privateKey, publicKey)) {
      throw new IllegalArgumentException("tls.key is not the key of the certificate in tls.crt");
    }
    return new KeyFiles(authorities, certificates, privateKey);
  }
}
