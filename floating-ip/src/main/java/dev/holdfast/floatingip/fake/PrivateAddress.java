package dev.holdfast.floatingip.fake;

import java.util.List;

/**
 * Where a server is in a private network.
 *
 * @param network the network's id
 * @param aliasIps further addresses of the server in it
 */
public record PrivateAddress(long network, String ip, List<String> aliasIps) {

  public PrivateAddress {
    Seed.required("the address in network " + network, ip);
    aliasIps = aliasIps == null ? List.of() : List.copyOf(aliasIps);
  }

  /** The same in every run, and no two of a network are alike. */
  String macAddress(long server) {
    return "86:00:%02x:%02x:%02x:%02x"
        .formatted(network & 0xff, server >> 16 & 0xff, server >> 8 & 0xff, server & 0xff);
  }
}
