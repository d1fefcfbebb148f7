package dev.holdfast.cli.tcpffee;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.convert.BadConfiguration;
import dev.holdfast.cli.convert.ConfigurationFile;
import dev.holdfast.cli.convert.Endpoint;
import dev.holdfast.cli.convert.Section;
import dev.holdfast.cli.tcpffee.TcpffeeConfig.Group;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** Reads tcpffee's configuration by its rules, and says all that they forbid at once. */
final class TcpffeeConfigReader {
  private static final Duration MIN_EXPIRATION = Duration.ofSeconds(1);
  private static final int MAX_PORT = 65_535;
  private static final int MAX_ID = Integer.MAX_VALUE;
  private static final String DEFAULT_STATS = "127.0.0.1:2340";

  /** Between the proxies, with nobody authenticated. */
  private static final List<String> PEER_SOCKETS =
      List.of(
          "raft_healthchecks_logs_bind_socket",
          "raft_stick_table_logs_bind_socket",
          "raft_healthchecks_proposals_bind_socket",
          "raft_stick_table_proposals_bind_socket");

  private final Section root;
  private final TcpffeeEnvironment environment;
  private final List<String> notes = new ArrayList<>();

  private TcpffeeConfigReader(Section root, TcpffeeEnvironment environment) {
    this.root = root;
    this.environment = environment;
  }

  /**
   * @throws BadConfiguration with all that is wrong, each by its full name
   */
  static TcpffeeConfig read(Path file, TcpffeeEnvironment environment) {
    var name = file.toString();
    return read(
        name, ConfigurationFile.toml(name, ConfigurationFile.text(file, "tcpffee")), environment);
  }

  /**
   * @param name what errors call the file
   */
  static TcpffeeConfig read(String name, ObjectNode tree, TcpffeeEnvironment environment) {
    return new TcpffeeConfigReader(Section.root(name, tree), environment).read();
  }

  private TcpffeeConfig read() {
    var ports = ports();
    var config =
        new TcpffeeConfig(
            address(),
            ports,
            stats(),
            expiration(),
            environment.slice(),
            groups(ports),
            peers(),
            notes);
    peerSockets();
    savedHealth();
    var unknown = root.unknown().toList();
    if (!unknown.isEmpty()) {
      notes.add("Not known, and ignored: " + String.join(", ", unknown) + ".");
    }
    if (!root.problems().isEmpty()) {
      throw new BadConfiguration(root.problems());
    }
    return config;
  }

  private String address() {
    var address = root.required("bind_addr");
    if (!address.isEmpty() && !isAddress(address)) {
      root.wrong("bind_addr", "expected an IP address, found another text");
    }
    return address;
  }

  private List<Integer> ports() {
    var ports = root.integers("ports", 1, MAX_PORT);
    if (ports.isEmpty() && !root.isWrong("ports")) {
      root.wrong("ports", "expected at least one port, found none");
    }
    if (new HashSet<>(ports).size() != ports.size()) {
      root.wrong("ports", "expected each port once, found one again");
    }
    return ports;
  }

  private Endpoint stats() {
    var text = root.has("stats_bind_socket") ? root.text("stats_bind_socket") : DEFAULT_STATS;
    try {
      var stats = Endpoint.ofServer(text);
      if (stats.host().equals("localhost") || isAddress(stats.host())) {
        return stats;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the text
    }
    root.wrong("stats_bind_socket", "expected ADDRESS:PORT, found another text");
    return Endpoint.ofServer(DEFAULT_STATS);
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Duration expiration() {
    if (!root.has("expiration")) {
      root.wrong("expiration", "expected a number of seconds, found none");
    }
    return root.seconds("expiration", MIN_EXPIRATION, MIN_EXPIRATION);
  }

  private List<Group> groups(List<Integer> ports) {
    var groups = root.section("groups");
    if (groups.keys().isEmpty() && !root.isWrong("groups")) {
      root.wrong("groups", "expected at least one group, found none");
    }
    return groups.keys().stream()
        .flatMap(id -> group(groups, id, ports).stream())
        .sorted(Comparator.comparingInt(Group::id))
        .toList();
  }

  private List<Group> group(Section groups, String id, List<Integer> ports) {
    var read = GroupReader.read(groups.section(id), ports, notes);
    if (!id.matches("0|[1-9][0-9]{0,9}") || Long.parseLong(id) > MAX_ID) {
      groups.wrong(id, "expected a whole number up to %d as the group's id".formatted(MAX_ID));
      return List.of();
    }
    return List.of(read.of(Integer.parseInt(id)));
  }

  private List<String> peers() {
    var peers = root.sections("peers");
    var hosts = peers.stream().map(peer -> peer.required("host")).toList();
    var identified = peers.stream().filter(peer -> peer.has("mac_address")).count();
    if (identified > 0) {
      notes.add(
          "peers.mac_address is not needed: a data plane is known by its name and its"
              + " certificate.");
    }
    return hosts;
  }

  private void peerSockets() {
    var set = PEER_SOCKETS.stream().filter(root::has).toList();
    set.forEach(root::text);
    if (!set.isEmpty()) {
      notes.add(
          "Left out, because data planes talk to each other over one port with mutual TLS: %s."
              .formatted(String.join(", ", set)));
    }
  }

  private void savedHealth() {
    if (environment.savesHealth()) {
      notes.add(
          "The file of TCPFFEE_HEALTHCHECK_SAVE_PATH is not read: checks begin anew. What is"
              + " kept over a restart goes to --state-dir.");
    }
  }
}
