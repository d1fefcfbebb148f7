package dev.holdfast.floatingip.hetzner.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Addresses within the IPv6 networks that the API tells. */
public final class Ipv6Network {
  private static final int SINGLE = 128;

  private Ipv6Network() {}

  /**
   * The network's address plus one; that of a /128, or without a prefix length, is the address
   * itself.
   *
   * @throws IllegalArgumentException when it is not an IPv6 network
   */
  public static String firstHost(String network) {
    var slash = network.indexOf('/');
    var prefix = slash < 0 ? SINGLE : prefix(network, slash);
    var bytes = address(slash < 0 ? network : network.substring(0, slash), network);
    if (prefix < SINGLE) {
      increment(bytes);
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  private static int prefix(String network, int slash) {
    try {
      var prefix = Integer.parseInt(network.substring(slash + 1));
      if (prefix >= 0 && prefix <= SINGLE) {
        return prefix;
      }
    } catch (NumberFormatException e) {
      throw notANetwork(network, e);
    }
    throw notANetwork(network, null);
  }

  private static byte[] address(String literal, String network) {
    try {
      var bytes = InetAddress.ofLiteral(literal).getAddress();
      if (bytes.length == SINGLE / 8) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw notANetwork(network, e);
    }
    throw notANetwork(network, null);
  }

  private static void increment(byte[] bytes) {
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i]++;
      if (bytes[i] != 0) {
        return;
      }
    }
  }

  private static IllegalArgumentException notANetwork(String network, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "expected an IPv6 network such as 2001:db8::/64, found '" + network + "'", cause);
  }
}
