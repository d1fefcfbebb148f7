package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hosts as network namespaces at one switch, which is a bridge in a namespace of its own: outside
 * of them nothing is changed, and no packet leaves them.
 */
final class Network implements AutoCloseable {
  /** With the number of the process that made it, so that a later one can tell what was left. */
  static final String PREFIX = "holdfast-faults-";

  private final String prefix = PREFIX + ProcessHandle.current().pid() + "-";
  private final Map<String, String> addresses = new LinkedHashMap<>();

  Network(List<String> hosts) {
    hosts.forEach(host -> addresses.put(host, "10.87.0." + (addresses.size() + 1)));
    var lines = new ArrayList<String>();
    lines.add("netns add " + namespace("switch"));
    hosts.forEach(host -> lines.add("netns add " + namespace(host)));
    Command.runWith(String.join("\n", lines) + "\n", "ip", "-batch", "-");
    inNamespace("switch", "link add name switch type bridge\nlink set dev switch up\n");
    addresses.forEach(this::connect);
  }

  private void connect(String host, String address) {
    inNamespace(
        "switch",
        """
        link add name %1$s type veth peer name eth0 netns %2$s
        link set dev %1$s master switch up
        """
            .formatted(host, namespace(host)));
    inNamespace(
        host,
        """
        link set dev lo up
        address add %s/16 dev eth0
        link set dev eth0 up
        """
            .formatted(address));
  }

  /** Has this host answer for all addresses of a network of hosts. */
  void own(String host, String prefix) {
    inNamespace(host, "route add local %s dev lo\n".formatted(prefix));
  }

  private void inNamespace(String host, String lines) {
    Command.runWith(lines, "ip", "-n", namespace(host), "-batch", "-");
  }

  private String namespace(String host) {
    return prefix + host;
  }

  String address(String host) {
    return addresses.get(host);
  }

  /** What runs the rest of a command line as this host. */
  List<String> on(String host) {
    return List.of("nsenter", "--net=/run/netns/" + namespace(host), "--");
  }

  /**
   * From now on.
   *
   * @param cut links over which nothing passes
   * @param lossPercent of the packets that arrive at a host
   */
  void apply(Set<Link> cut, Map<String, Integer> lossPercent) {
    for (var host : addresses.keySet()) {
      var argv = new ArrayList<>(on(host));
      argv.addAll(List.of("nft", "-f", "-"));
      Command.runWith(
          rules(host, cut, lossPercent.getOrDefault(host, 0)), argv.toArray(String[]::new));
    }
  }

  private String rules(String host, Set<Link> cut, int lossPercent) {
    var rules = new StringBuilder();
    for (var other : addresses.entrySet()) {
      var from = "    ip saddr " + other.getValue() + " ";
      if (cut.contains(new Link(other.getKey(), host))) {
        rules.append(from).append("drop\n");
      } else if (lossPercent > 0 && !other.getKey().equals(host)) {
        rules.append(from).append("numgen random mod 100 < " + lossPercent + " drop\n");
      }
    }
    return """
    flush ruleset
    table inet faults {
      chain arriving {
        type filter hook input priority 0; policy accept;
    %s  }
    }
    """
        .formatted(rules);
  }

  @Override
  public void close() {
    addresses.keySet().forEach(host -> Command.run("ip", "netns", "del", namespace(host)));
    Command.run("ip", "netns", "del", namespace("switch"));
  }
}
