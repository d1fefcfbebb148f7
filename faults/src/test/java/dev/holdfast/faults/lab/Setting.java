package dev.holdfast.faults.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Where things are.
 *
 * @param address of a host
 * @param directory of the lab, for files
 */
record Setting(
    List<String> members, List<String> backends, UnaryOperator<String> address, Path directory) {
  private static final int PEER_PORT = 7947;

  /** As {@code spec.peers} lists them. */
  String peers() {
    return list(members, PEER_PORT);
  }

  /** Each with name, host and port. */
  String list(List<String> names, int port) {
    return names.stream()
        .map(name -> "{name: %s, host: %s, port: %d}".formatted(name, address.apply(name), port))
        .collect(Collectors.joining(", "));
  }
}
