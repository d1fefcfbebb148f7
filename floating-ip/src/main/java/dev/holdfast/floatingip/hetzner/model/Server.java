package dev.holdfast.floatingip.hetzner.model;

import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A server as the API last told it.
 *
 * @param ipv4 null when it has none
 * @param ipv6 its network, usually a /64; null when it has none
 */
public record Server(
    long id,
    String name,
    Location location,
    @Nullable String ipv4,
    @Nullable String ipv6,
    Map<String, String> labels) {

  public Server {
    labels = Map.copyOf(labels);
  }

  public OptionalInt index() {
    return ResourceIndex.of(labels);
  }

  /** Where the server answers over IPv6: the first address of its network. */
  public @Nullable String ipv6Address() {
    return ipv6 == null ? null : Ipv6Network.firstHost(ipv6);
  }
}
