package dev.holdfast.dataplane.admin.access;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * What a TLS directory holds, ready for use.
 *
 * @param ownNames DNS names of the server's certificate
 */
public record TlsMaterial(SslContext context, List<String> ownNames) {

  /**
   * Follows the directory's {@link KeyFiles}.
   *
   * @param clientAuth whether the handshake asks for, or insists on, a certificate of that CA
   * @throws IllegalArgumentException when the files cannot be used
   */
  public static FollowedFiles<TlsMaterial> follow(Path directory, ClientAuth clientAuth) {
    return KeyFiles.follow(
        directory,
        files -> new TlsMaterial(context(files, clientAuth), Certificates.dnsNames(files.own())));
  }

  private static SslContext context(KeyFiles files, ClientAuth clientAuth)
      throws GeneralSecurityException {
    try {
      return SslContextBuilder.forServer(files.key(), files.chain())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .trustManager(files.authorities())
          .clientAuth(clientAuth)
          .build();
    } catch (SSLException e) {
      throw new GeneralSecurityException(e.getMessage(), e);
    }
  }
}
