package dev.holdfast.floatingip.hetzner.model;

import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A floating IP as the API last told it.
 *
 * @param address an IPv4 address, or an IPv6 network such as {@code 2001:db8::/64}
 * @param home where routing is best; it may be assigned to a server anywhere
 * @param server null when it is assigned to none
 */
public record FloatingIp(
    long id,
    String name,
    String address,
    Location home,
    @Nullable Long server,
    Map<String, String> labels) {

  public FloatingIp {
    labels = Map.copyOf(labels);
  }

  public FloatingIp at(@Nullable Long other) {
    return new FloatingIp(id, name, address, home, other, labels);
  }

  public OptionalInt index() {
    return ResourceIndex.of(labels);
  }
}
