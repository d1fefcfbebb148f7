package dev.holdfast.faults.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What all replicas of a lab run. */
final class Manifest {
  static final int PORT = 5000;
  private static final int PEER_PORT = 7947;

  private Manifest() {}

  /**
   * @param hook notes begin and end of itself in a file
   */
  static String text(
      List<String> members,
      List<String> backends,
      UnaryOperator<String> address,
      Duration lease,
      Path hook,
      Path hookNotes) {
    return """
    apiVersion: holdfast.dev/v1alpha1
    kind: FailoverProxy
    metadata: {name: pg}
    spec:
      listen: {address: 0.0.0.0, port: %d}
      backends: [%s]
      selection: {connectTimeout: 1s, retryBackoff: {initial: 500ms, max: 2s}}
      checks: [{name: up, tcp: {}, interval: 500ms, timeout: 400ms, fall: 2, rise: 1}]
      hooks: [{name: note, exec: {command: [/usr/bin/python3, -I, -S, %s, %s]}, timeout: 10s}]
      agreement: {mode: Raft, leaseDuration: %dms}
      connections: {onPrimaryChange: {policy: Sever}}
      peers: [%s]
    """
        .formatted(
            PORT,
            list(backends, address, BackendProgram.PORT),
            hook,
            hookNotes,
            lease.toMillis(),
            list(members, address, PEER_PORT));
  }

  private static String list(List<String> names, UnaryOperator<String> address, int port) {
    return names.stream()
        .map(name -> "{name: %s, host: %s, port: %d}".formatted(name, address.apply(name), port))
        .collect(Collectors.joining(", "));
  }
}
