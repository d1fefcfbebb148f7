package dev.holdfast.dataplane.agreement.peer;

import dev.holdfast.dataplane.config.ResourceKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Who this peer is and how it is reached.
 *
 * @param self this peer's configured name
 * @param resource whose peers these are
 * @param uid of the resource; empty outside a cluster
 * @param listen port 0 has the system choose one
 * @param tlsDir with {@code ca.crt}, {@code tls.crt} and {@code tls.key}
 */
public record PeerOptions(
    String self,
    ResourceKey resource,
    String uid,
    InetSocketAddress listen,
    Path tlsDir,
    PeerLimits limits) {

  /** The DNS name that the peer's certificate must cover. Nothing resolves it. */
  public String certificateName(String peer) {
    return "%s.peer.%s.%s.%s.holdfast"
        .formatted(peer, resource.name(), resource.namespace(), shortName());
  }

  private String shortName() {
    return switch (resource.kind()) {
      case "FailoverProxy" -> "fop";
      case "StickyBalancer" -> "stb";
      default ->
          throw new IllegalStateException(
              "expected a kind whose replicas agree, found " + resource.kind());
    };
  }
}
