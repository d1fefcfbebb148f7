package dev.holdfast.floatingip.fake;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server, with what the API tells of it and what only its users notice.
 *
 * @param status as the API spells it
 * @param ipv4 null for none
 * @param ipv6 a /64; null for none
 * @param up whether it answers
 * @param notConfigured floating IPs that its operating system does not own, so that it does not
 *     answer for them
 */
public record FakeServer(
    long id,
    String name,
    String status,
    FakeLocation location,
    Instant created,
    Map<String, String> labels,
    @Nullable String ipv4,
    @Nullable String ipv6,
    List<PrivateAddress> privateNet,
    boolean up,
    Set<Long> notConfigured) {
  private static final int NETWORK_BYTES = 8;

  FakeServer with(String status, boolean up, Set<Long> notConfigured) {
    return new FakeServer(
        id, name, status, location, created, labels, ipv4, ipv6, privateNet, up, notConfigured);
  }

  /** Whether this is an address of its own: a public or a private one, not a floating IP. */
  boolean owns(InetAddress address) {
    var bytes = address.getAddress();
    return isAt(ipv4, bytes)
        || isIn(ipv6, bytes)
        || privateNet.stream()
            .flatMap(net -> Stream.concat(Stream.of(net.ip()), net.aliasIps().stream()))
            .anyMatch(ip -> isAt(ip, bytes));
  }

  private static boolean isAt(@Nullable String ip, byte[] address) {
    return ip != null && Arrays.equals(NetUtil.createByteArrayFromIpAddressString(ip), address);
  }

  private static boolean isIn(@Nullable String network, byte[] address) {
    if (network == null) {
      return false;
    }
    var first = NetUtil.createByteArrayFromIpAddressString(network.replaceFirst("/.*", ""));
    return first != null
        && address.length == first.length
        && Arrays.equals(first, 0, NETWORK_BYTES, address, 0, NETWORK_BYTES);
  }
}
