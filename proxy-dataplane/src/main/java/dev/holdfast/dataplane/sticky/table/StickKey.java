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
  private static final int IPV4 = 4;
  private static final int IPV6 = 16;

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

  /**
   * The reverse of {@link #toString}.
   *
   * @throws IllegalArgumentException when it is no key
   */
  public static StickKey parse(String text) {
    var slash = text.indexOf('/');
    var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    var key = of(address, address.getAddress().length * Byte.SIZE);
    return slash < 0 ? key : key.with(HexFormat.of().parseHex(text, slash + 1, text.length()));
  }

  /** The same key with only this many bits of an address of its family. */
  public StickKey within(int ipv4Prefix, int ipv6Prefix) {
    var cut = of(address(), bytes[0] == IPV4 ? ipv4Prefix : ipv6Prefix);
    return bytes.length == 1 + bytes[0]
        ? cut
        : cut.with(Arrays.copyOfRange(bytes, 1 + bytes[0], bytes.length));
  }

  /** A number that is spread evenly, the same in every process, for each salt. */
  public long spread(long salt) {
    long hash = salt;
    for (byte part : bytes) {
      hash = KeyHash.mix(hash ^ part);
    }
    return KeyHash.mix(hash ^ bytes.length);
  }

  /**
   * What {@link #bytes} gave.
   *
   * @throws IllegalArgumentException when it gave something else
   */
  public static StickKey read(byte[] bytes) {
    var length = bytes.length == 0 ? 0 : bytes[0];
    if ((length != IPV4 && length != IPV6)
        || bytes.length < 1 + length
        || bytes.length > 1 + length + MAX_FIRST_BYTES) {
      throw new IllegalArgumentException("expected a key, found %d bytes".formatted(bytes.length));
    }
    return new StickKey(bytes.clone());
  }

  /** What {@link #bytes} gave, itself. */
  static StickKey ofBytes(byte[] bytes) {
    return new StickKey(bytes);
  }

  /** Not to be changed. */
  public byte[] bytes() {
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
    var address = address().getHostAddress();
    return bytes.length == end
        ? address
        : address + "/" + HexFormat.of().formatHex(bytes, end, bytes.length);
  }

  /** Without what the client said, which may be a secret. */
  public InetAddress address() {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 1, 1 + bytes[0]));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a key holds an address of " + bytes[0] + " bytes", e);
    }
  }
}
