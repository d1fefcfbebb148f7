package dev.holdfast.floatingip.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told of itself, as text: each item alone, and the single-line ones together as
 * YAML. Needs no token; whose address asks is the one that is told of.
 */
final class Metadata {
  static final String PATH = "/hetzner/v1/metadata";
  private static final String PRIVATE_NETWORKS = "private-networks";

  private Metadata() {}

  /**
   * @param path of the request
   * @return empty for a path at which there is nothing
   */
  static Optional<String> of(FakeServer server, String path) {
    var lines = lines(server);
    if (path.equals(PATH)) {
      return Optional.of(
          lines.entrySet().stream()
              .map(line -> line.getKey() + ": " + line.getValue() + "\n")
              .collect(Collectors.joining()));
    }
    var item = path.substring(PATH.length() + 1);
    return item.equals(PRIVATE_NETWORKS)
        ? Optional.of(privateNetworks(server))
        : Optional.ofNullable(lines.get(item));
  }

  static boolean concerns(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  private static Map<String, String> lines(FakeServer server) {
    var lines = new LinkedHashMap<String, String>();
    lines.put("availability-zone", server.location().datacenter());
    lines.put("hostname", server.name());
    lines.put("instance-id", String.valueOf(server.id()));
    lines.put("public-ipv4", orEmpty(server.ipv4()));
    lines.put("region", server.location().networkZone());
    return lines;
  }

  private static String orEmpty(@Nullable String address) {
    return address == null ? "" : address;
  }

  private static String privateNetworks(FakeServer server) {
    if (server.privateNet().isEmpty()) {
      return "[]\n";
    }
    var yaml = new StringBuilder();
    var interfaces = 0;
    for (var net : server.privateNet()) {
      yaml.append("- ip: %s\n".formatted(net.ip()))
          .append("  alias_ips: [%s]\n".formatted(String.join(", ", net.aliasIps())))
          .append("  interface_num: %d\n".formatted(++interfaces))
          .append("  mac_address: %s\n".formatted(net.macAddress(server.id())))
          .append("  network_id: %d\n".formatted(net.network()));
    }
    return yaml.toString();
  }
}
