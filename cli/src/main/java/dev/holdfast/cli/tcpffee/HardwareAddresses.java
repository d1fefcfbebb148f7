package dev.holdfast.cli.tcpffee;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of this machine's network interfaces. */
final class HardwareAddresses {
  private HardwareAddresses() {}

  /**
   * @return such as {@code 02:00:00:00:00:07}; those that cannot be read are left out
   */
  static Set<String> ofMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(HardwareAddresses::of)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      return Set.of();
    }
  }

  private static Stream<String> of(NetworkInterface device) {
    try {
      var address = device.getHardwareAddress();
      return address == null
          ? Stream.of()
          : Stream.of(HexFormat.ofDelimiter(":").formatHex(address));
    } catch (SocketException e) {
      return Stream.of();
    }
  }
}
