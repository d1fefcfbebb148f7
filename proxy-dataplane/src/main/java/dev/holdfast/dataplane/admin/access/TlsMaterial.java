package dev.holdfast.dataplane.admin.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What a TLS directory holds, ready for use.
 *
 * @param ownNames DNS names of the server's certificate
 */
public record TlsMaterial(SslContext context, List<String> ownNames) {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

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
      var privateKey = privateKey(key, own.getPublicKey().getAlgorithm());
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

  private static PrivateKey privateKey(byte[] pem, String algorithm)
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
}
