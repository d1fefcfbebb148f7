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
  private static final String STATS = "stats_bind_socket";
  private static final Endpoint DEFAULT_STATS = Endpoint.ofServer("127.0.0.1:2340");
  private static final String PEER_SOCKET = "raft_stick_table_logs_bind_socket";

  /** Between the proxies, with nobody authenticated. */
  private static final List<String> PEER_SOCKETS =
      List.of(
          "raft_healthchecks_logs_bind_socket",
          PEER_SOCKET,
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
            peers(peerSockets()),
            notes);
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
    return root.has(STATS) ? socket(STATS) : DEFAULT_STATS;
  }

  private Endpoint socket(String key) {
    try {
      var socket = Endpoint.ofServer(root.text(key));
      if (socket.host().equals("localhost") || isAddress(socket.host())) {
        return socket;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the text
    }
    root.wrong(key, "expected ADDRESS:PORT, found another text");
    return DEFAULT_STATS;
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

  private Peers peers(int port) {
    var sections = root.sections("peers");
    if (!Peers.COUNTS.contains(sections.size())) {
      root.wrong(
          "peers",
          "expected 3, 5 or 7 of them, of which a majority decides, or one, which stands alone;"
              + " found %d. Add one, or take one out".formatted(sections.size()));
    }
    var peers =
        new Peers(
            sections.stream()
                .map(peer -> new Peers.Peer(peer.required("host"), hardware(peer)))
                .toList(),
            port);
    if (sections.stream().anyMatch(peer -> peer.has("mac_address"))) {
      notes.add(
          "peers.mac_address is not in the manifest: by it only --from tcpffee and holdfast sticky"
              + " find which peer they are.");
    }
    return peers;
  }

  private String hardware(Section peer) {
    var text = peer.text("mac_address");
    if (!text.isEmpty() && !Peers.isHardwareAddress(text)) {
      peer.wrong("mac_address", "expected six pairs of hex digits, found another text");
    }
    return text;
  }

  /** The port on which peers find each other: one of those that they had open for it already. */
  private int peerSockets() {
    var port = root.has(PEER_SOCKET) ? socket(PEER_SOCKET).port() : Peers.DEFAULT_PORT;
    var set = PEER_SOCKETS.stream().filter(root::has).toList();
    set.forEach(this::socket);
    if (!set.isEmpty()) {
      notes.add(
          ("Data planes talk to each other over one port of all addresses, %d, with mutual TLS."
                  + " Left out: %s.")
              .formatted(port, String.join(", ", set)));
    }
    return port;
  }

  private void savedHealth() {
    if (environment.savesHealth()) {
      notes.add(
          "The file of TCPFFEE_HEALTHCHECK_SAVE_PATH is not read: checks begin anew. What is"
              + " kept over a restart goes to --state-dir.");
    }
  }
}
