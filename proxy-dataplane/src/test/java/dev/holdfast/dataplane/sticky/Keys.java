package dev.holdfast.dataplane.sticky;

import dev.holdfast.dataplane.sticky.table.StickKey;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Keys of clients that have never been. */
public final class Keys {
  private Keys() {}

  public static StickKey key(int number) {
    var address = new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    try {
      return StickKey.of(InetAddress.getByAddress(address), 32);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
