package dev.holdfast.dataplane.relay.proxyprotocol;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses of one family, such as {@code 10.0.0.0/8}.
 *
 * @param prefix the bits that all its addresses begin with
 */
public record Network(int addressBytes, BitSet prefix, int prefixBits) {

  /**
   * @throws IllegalArgumentException when the text is not an address, a slash and a number of bits
   */
  public static Network parse(String cidr) {
    var slash = cidr.indexOf('/');
    var address = slash < 0 ? null : address(cidr.substring(0, slash));
    var bits = slash < 0 ? -1 : bits(cidr.substring(slash + 1));
    if (address == null || bits < 0 || bits > address.length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "expected a network such as 10.0.0.0/8 or fd00::/8, found \"" + cidr + "\"");
    }
    return new Network(address.length, first(address, bits), bits);
  }

  /** An IPv4 address never is in an IPv6 network, nor the other way round. */
  public boolean contains(InetAddress address) {
    var bytes = address.getAddress();
    return bytes.length == addressBytes && first(bytes, prefixBits).equals(prefix);
  }

  private static byte @Nullable [] address(String text) {
    return NetUtil.createByteArrayFromIpAddressString(text);
  }

  private static int bits(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  private static BitSet first(byte[] address, int bits) {
    var first = new BitSet(bits);
    for (var i = 0; i < bits; i++) {
      first.set(i, (address[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1) == 1);
    }
    return first;
  }
}
