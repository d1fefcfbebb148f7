package dev.holdfast.dataplane.sticky.table;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whom a client is known by: its address as far as the prefix, and perhaps its first bytes. In one
 * array, because a table holds a million of them: the address's length, the address, the rest.
 */
public final class StickKey {
  private static final int MAX_FIRST_BYTES = 1_024;

  private final byte[] bytes;

  private StickKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @param prefix how many bits of the address count
   */
  public static StickKey of(InetAddress address, int prefix) {
    var raw = address.getAddress();
    if (prefix < 0 || prefix > raw.length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "expected a prefix of at most %d bits, found %d"
              .formatted(raw.length * Byte.SIZE, prefix));
    }
    var bytes = new byte[1 + raw.length];
    bytes[0] = (byte) raw.length;
    for (int i = 0; i < raw.length; i++) {
      var counting = Math.clamp(prefix - (long) i * Byte.SIZE, 0, Byte.SIZE);
      bytes[1 + i] = (byte) (raw[i] & (0xff00 >> counting));
    }
    return new StickKey(bytes);
  }

  /** The key of a client that also said this, of which at most 1,024 bytes count. */
  public StickKey with(byte[] firstBytes) {
    var base = 1 + bytes[0];
    var longer = Arrays.copyOf(bytes, base + Math.min(firstBytes.length, MAX_FIRST_BYTES));
    System.arraycopy(firstBytes, 0, longer, base, longer.length - base);
    return new StickKey(longer);
  }

  /** As {@link #bytes} gave them. */
  static StickKey ofBytes(byte[] bytes) {
    return new StickKey(bytes);
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StickKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The address, and after a slash the first bytes in hexadecimal digits. */
  @Override
  public String toString() {
    var end = 1 + bytes[0];
    var address = literal(Arrays.copyOfRange(bytes, 1, end));
    return bytes.length == end
        ? address
        : address + "/" + HexFormat.of().formatHex(bytes, end, bytes.length);
  }

  private static String literal(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a key holds an address of " + address.length + " bytes", e);
    }
  }
}
