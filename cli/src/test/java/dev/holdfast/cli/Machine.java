package dev.holdfast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of several {@code holdfast run} that agree, as if on a machine of its own. */
final class Machine implements AutoCloseable {
  private static final Pattern PRIMARY =
      Pattern.compile("primary is (\\S+) \\(.*\\), epoch (\\d+), ");

  final String name;
  final int port;
  private final Path manifest;
  private final Path tls;
  private final Path state;
  private HoldfastProcess process;

  /**
   * @param spec of all machines alike, without where clients connect
   */
  Machine(String name, Path directory, PeerCertificates certificates, String spec)
      throws Exception {
    this.name = name;
    port = Client.freePort();
    var own = Files.createDirectories(directory.resolve(name));
    tls = certificates.write(own.resolve("tls"), name + ".peer.pg.default.fop.holdfast");
    state = own.resolve("state");
    manifest =
        Files.writeString(
            own.resolve("pg.yaml"),
            """
            apiVersion: holdfast.dev/v1alpha1
            kind: FailoverProxy
            metadata: {name: pg}
            spec:
              listen: {address: 127.0.0.1, port: %d}
            """
                    .formatted(port)
                + spec.indent(2));
  }

  void start() throws IOException {
    process =
        HoldfastProcess.start(
            "run",
            "--instance",
            name,
            "--admin",
            "none",
            "--tls-dir",
            tls.toString(),
            "--state-dir",
            state.toString(),
            manifest.toString());
  }

  void signal(String signal) throws Exception {
    process.signal(signal);
  }

  /** Kills it as a power cut would, and waits for its end. */
  void kill() {
    process.close();
  }

  boolean leads() {
    var lines = process.err().stream().filter(line -> line.contains("this replica leads")).toList();
    return process.isAlive() && !lines.isEmpty() && !lines.getLast().contains("no longer");
  }

  /** Such as {@code a/7}, as it told last; none before it has. */
  String primary() {
    return process.err().stream()
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
    return String.join("\n", process.err());
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
