package dev.holdfast.faults.lab;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A StickyBalancer with a group for each backend, and one host with clients of many addresses, each
 * of which comes to all replicas and ports.
 *
 * @param keys how many addresses
 * @param expireAfter of a key without connections
 * @param pause between two lines of a client
 */
record StickScene(Consistency consistency, int keys, Duration expireAfter, Duration pause)
    implements Scene {
  static final List<Integer> PORTS = List.of(5000, 5001);
  private static final String CLIENTS = "clients";

  enum Consistency {
    Linearizable,
    Local
  }

  @Override
  public List<String> guests() {
    return List.of(CLIENTS);
  }

  @Override
  public String manifest(Setting setting) {
    var ports = PORTS.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return """
    apiVersion: holdfast.dev/v1alpha1
    kind: StickyBalancer
    metadata: {name: pg}
    spec:
      listen: {address: 0.0.0.0, ports: [%s]}
      groups: [%s]
      stickiness: {expireAfter: %ds}
      connections: {connectTimeout: 1s}
      replication: {consistency: %s}
      %s
    """
        .formatted(
            ports,
            groups(setting),
            expireAfter.toSeconds(),
            consistency,
            agrees(setting) ? "peers: [" + setting.peers() + "]" : "");
  }

  private boolean agrees(Setting setting) {
    return consistency == Consistency.Linearizable && setting.members().size() > 1;
  }

  private static String groups(Setting setting) {
    var id = 1;
    var groups = Stream.<String>builder();
    for (var backend : setting.backends()) {
      groups.add(
          "{id: %d, name: %s, ports: [%s]}"
              .formatted(id++, backend, destinations(setting.address().apply(backend))));
    }
    return groups.build().collect(Collectors.joining(", "));
  }

  private static String destinations(String host) {
    return PORTS.stream()
        .map(port -> "{listen: %d, host: %s, port: %d}".formatted(port, host, BackendProgram.PORT))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String kind() {
    return "stb";
  }

  @Override
  public List<Program> clients(Setting setting) {
    var replicas =
        setting.members().stream().map(member -> member + "=" + setting.address().apply(member));
    var numbers = Stream.of(keys, pause.toMillis()).map(String::valueOf);
    return List.of(
        new Program(CLIENTS, StickClientProgram.class, Stream.concat(numbers, replicas).toList()));
  }
}
