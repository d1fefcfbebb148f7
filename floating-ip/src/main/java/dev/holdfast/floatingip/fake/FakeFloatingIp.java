package dev.holdfast.floatingip.fake;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A floating IP.
 *
 * @param ip an IPv4 address or an IPv6 /64
 * @param server what the API tells; null for none
 * @param routedTo where packets go: follows {@code server} a little later
 * @param keep protected against deletion
 * @param dnsPtr name by address
 */
public record FakeFloatingIp(
    long id,
    String name,
    String description,
    String type,
    String ip,
    FakeLocation home,
    Instant created,
    Map<String, String> labels,
    @Nullable Long server,
    @Nullable Long routedTo,
    boolean blocked,
    boolean keep,
    Map<String, String> dnsPtr) {

  FakeFloatingIp assignedTo(@Nullable Long target) {
    return with(name, description, labels, target, routedTo, keep, dnsPtr);
  }

  FakeFloatingIp routed(@Nullable Long target) {
    return with(name, description, labels, server, target, keep, dnsPtr);
  }

  FakeFloatingIp described(String name, String description, Map<String, String> labels) {
    return with(name, description, labels, server, routedTo, keep, dnsPtr);
  }

  FakeFloatingIp kept(boolean keep) {
    return with(name, description, labels, server, routedTo, keep, dnsPtr);
  }

  FakeFloatingIp named(Map<String, String> dnsPtr) {
    return with(name, description, labels, server, routedTo, keep, dnsPtr);
  }

  /** All that may change; the rest stays for life. */
  private FakeFloatingIp with(
      String name,
      String description,
      Map<String, String> labels,
      @Nullable Long server,
      @Nullable Long routedTo,
      boolean keep,
      Map<String, String> dnsPtr) {
    return new FakeFloatingIp(
        id,
        name,
        description,
        type,
        ip,
        home,
        created,
        labels,
        server,
        routedTo,
        blocked,
        keep,
        dnsPtr);
  }
}
