package dev.holdfast.dataplane.admin.access;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * What a TLS directory holds, ready for use.
 *
 * @param ownNames DNS names of the server's certificate
 */
public record TlsMaterial(SslContext context, List<String> ownNames) {

  /**
   * Follows {@code ca.crt}, {@code tls.crt} and {@code tls.key} (PKCS#8) of the directory.
   *
   * @param clientAuth whether the handshake asks for, or insists on, a certificate of that CA
   * @throws IllegalArgumentException when the files cannot be used
   */
  public static FollowedFiles<TlsMaterial> follow(Path directory, ClientAuth clientAuth) {
    return new FollowedFiles<>(
        List.of(
            directory.resolve("ca.crt"),
            directory.resolve("tls.crt"),
            directory.resolve("tls.key")),
        contents -> parse(contents.get(0), contents.get(1), contents.get(2), clientAuth));
  }

  private static TlsMaterial parse(byte[] ca, byte[] chain, byte[] key, ClientAuth clientAuth) {
    try {
      var authorities = Certificates.parse(ca);
      var certificates = Certificates.parse(chain);
      if (authorities.isEmpty() || certificates.isEmpty()) {
        throw new IllegalArgumentException(
            "ca.crt and tls.crt: expected at least one PEM certificate in each");
      }
      var own = certificates.getFirst();
      var privateKey = Certificates.privateKey(key, own.getPublicKey().getAlgorithm());
      if (!Certificates.belongTogether(privateKey, own.getPublicKey())) {
        throw new IllegalArgumentException("tls.key is not the key of the certificate in tls.crt");
      }
      return new TlsMaterial(
          context(authorities, certificates, privateKey, clientAuth), Certificates.dnsNames(own));
    } catch (GeneralSecurityException | SSLException e) {
      throw new IllegalArgumentException("TLS files: " + e.getMessage(), e);
    }
  }

  private static SslContext context(
      List<X509Certificate> authorities,
      List<X509Certificate> chain,
      PrivateKey key,
      ClientAuth clientAuth)
      throws SSLException {
    return SslContextBuilder.forServer(key, chain)
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .trustManager(authorities)
        .clientAuth(clientAuth)
        .build();
  }
}
