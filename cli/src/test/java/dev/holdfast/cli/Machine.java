package dev.holdfast.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of several {@code holdfast run} of a FailoverProxy that agree, as if on its own machine. */
final class Machine implements AutoCloseable {
  private static final Pattern PRIMARY =
      Pattern.compile("primary is (\\S+) \\(.*\\), epoch (\\d+), ");

  final int port;
  private final PeerProcess process;

  /**
   * @param spec of all machines alike, without where clients connect
   */
  Machine(String name, Path directory, PeerCertificates certificates, String spec)
      throws Exception {
    port = Client.freePort();
    var manifest =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: FailoverProxy
        metadata: {name: pg}
        spec:
          listen: {address: 127.0.0.1, port: %d}
        """
                .formatted(port)
            + spec.indent(2);
    process = new PeerProcess(name, "pg.default.fop", directory, certificates, manifest);
  }

  void start() throws IOException {
    process.start();
  }

  void signal(String signal) throws Exception {
    process.signal(signal);
  }

  /** Kills it as a power cut would, and waits for its end. */
  void kill() {
    process.kill();
  }

  boolean leads() {
    return process.leads();
  }

  /** Such as {@code a/7}, as it told last; none before it has. */
  String primary() {
    return process.lines().stream()
        .map(PRIMARY::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1) + "/" + found.group(2))
        .reduce("none", (before, next) -> next);
  }

  /** What a new client is greeted with; none when there is no way. */
  String greeting() {
    try {
      return String.valueOf(Client.greeting(port));
    } catch (IOException refused) {
      return "none";
    }
  }

  String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
  }
}
