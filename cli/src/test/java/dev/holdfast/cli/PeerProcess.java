package dev.holdfast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One of several {@code holdfast run} that agree, with a disk and a certificate of its own. */
final class PeerProcess implements AutoCloseable {
  final String name;
  private final Path state;
  private final List<String> command = new ArrayList<>();
  private HoldfastProcess process;

  /**
   * @param resource that the certificate is for, such as {@code pg.default.fop}
   * @param options beside those that make a peer
   */
  PeerProcess(
      String name,
      String resource,
      Path directory,
      PeerCertificates certificates,
      String manifest,
      String... options)
      throws Exception {
    this.name = name;
    var own = Files.createDirectories(directory.resolve(name));
    state = own.resolve("state");
    var tls = certificates.write(own.resolve("tls"), name + ".peer." + resource + ".holdfast");
    command.addAll(List.of("run", "--instance", name, "--admin", "none"));
    command.addAll(List.of("--tls-dir", tls.toString(), "--state-dir", state.toString()));
    command.addAll(List.of(options));
    command.add(Files.writeString(own.resolve("manifest.yaml"), manifest).toString());
  }

  void start() throws IOException {
    process = HoldfastProcess.start(command.toArray(String[]::new));
  }

  void signal(String signal) throws Exception {
    process.signal(signal);
  }

  /** Kills it as a power cut would, and waits for its end. */
  void kill() {
    process.close();
  }

  /** Gives it an empty disk. */
  void loseDisk() throws IOException {
    try (var files = Files.walk(state)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  boolean leads() {
    var lines = lines().stream().filter(line -> line.contains("this replica leads")).toList();
    return process.isAlive() && !lines.isEmpty() && !lines.getLast().contains("no longer");
  }

  /** What it has said since it was started last. */
  List<String> lines() {
    return process.err();
  }

  String log() {
    return "== %s%n%s".formatted(name, String.join("\n", lines()));
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
