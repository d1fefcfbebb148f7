package dev.holdfast.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A FailoverProxy as a person writes it, on port 5432 before {@link Box} backends.
 *
 * @param checks in YAML's flow style
 * @param more lines of the spec, in YAML's flow style
 */
record ProxyManifest(
    String name, int port, List<String> backends, List<String> checks, List<String> more) {

  static ProxyManifest of(String name, String... backends) {
    var checks = List.of("{name: up, tcp: {}, interval: 2s, timeout: 2s}");
    return new ProxyManifest(name, 5432, List.of(), checks, List.of("shutdown: {drainTimeout: 3s}"))
        .withBackends(backends);
  }

  ProxyManifest withBackends(String... names) {
    var lines = Stream.of(names).map(backend -> backend(backend, "Active")).toList();
    return new ProxyManifest(name, port, lines, checks, more);
  }

  ProxyManifest withState(String backend, String state) {
    var changed =
        backends.stream()
            .map(line -> line.equals(backend(backend, "Active")) ? backend(backend, state) : line)
            .toList();
    return new ProxyManifest(name, port, changed, checks, more);
  }

  ProxyManifest withPort(int listen) {
    return new ProxyManifest(name, listen, backends, checks, more);
  }

  /** In place of the TCP check. */
  ProxyManifest withChecks(String... lines) {
    return new ProxyManifest(name, port, backends, List.of(lines), more);
  }

  ProxyManifest with(String line) {
    var lines = new ArrayList<>(more);
    lines.add(line);
    return new ProxyManifest(name, port, backends, checks, lines);
  }

  private static String backend(String name, String state) {
    return "{name: %s, host: %s.%s, port: 5432, state: %s}"
        .formatted(name, name, Box.SUBDOMAIN, state);
  }

  @Override
  public String toString() {
    return """
    apiVersion: holdfast.dev/v1alpha1
    kind: FailoverProxy
    metadata: {name: %s}
    spec:
      listen: {port: %d}
      backends:
    %s
      checks:
    %s
    %s
    """
        .formatted(
            name,
            port,
            items(backends),
            items(checks),
            more.stream().map(line -> "  " + line).collect(Collectors.joining("\n")));
  }

  private static String items(List<String> lines) {
    return lines.stream().map(line -> "    - " + line).collect(Collectors.joining("\n"));
  }
}
