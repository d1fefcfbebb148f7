package dev.holdfast.cli;

import dev.holdfast.cli.demo.SampleBackend;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Manifests for tests, to be written into files; the name is pg. */
final class Manifests {
  private Manifests() {}

  /**
   * @param port the line of the listen port, such as {@code port: 5432}; it is line 7
   */
  static String with(String port) {
    return head(port)
        + """
          backends:
            - {name: a, host: 127.0.0.1, port: 1}
        """;
  }

  static String withoutBackends() {
    return head("port: 5432");
  }

  /** Relays to the backends, which are checked once a second. */
  static String relaying(int port, SampleBackend... backends) {
    return head("port: " + port)
        + "  backends:\n"
        + Arrays.stream(backends).map(Manifests::line).collect(Collectors.joining())
        + """
          checks:
            - {name: up, tcp: {}, interval: 1s, timeout: 1s, fall: 2, rise: 1}
          shutdown: {drainTimeout: 20s}
        """;
  }

  /** Up to the listener; what is added is indented by two. */
  static String head(String port) {
    return """
    apiVersion: holdfast.dev/v1alpha1
    kind: FailoverProxy
    metadata:
      name: pg
    spec:
      listen:
        %s
        address: 127.0.0.1
    """
        .formatted(port);
  }

  private static String line(SampleBackend backend) {
    return "    - {name: %s, host: 127.0.0.1, port: %d}\n"
        .formatted(backend.name(), backend.address().getPort());
  }
}
