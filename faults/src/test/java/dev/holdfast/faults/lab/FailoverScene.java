package dev.holdfast.faults.lab;

import dev.holdfast.faults.record.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A FailoverProxy with a hook, and clients at each replica.
 *
 * @param lease of the replicas
 * @param pause between two lines of a client
 */
record FailoverScene(Duration lease, Duration pause) implements Scene {
  static final int PORT = 5000;
  private static final String HOOK = "hook.py";
  private static final String HOOK_NOTES = "hooks.txt";

  @Override
  public String manifest(Setting setting) throws IOException {
    var hook = setting.directory().resolve(HOOK);
    try (var source = FailoverScene.class.getResourceAsStream(HOOK)) {
      Files.copy(source, hook);
    }
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
            setting.list(setting.backends(), BackendProgram.PORT),
            hook,
            setting.directory().resolve(HOOK_NOTES),
            lease.toMillis(),
            setting.peers());
  }

  @Override
  public String kind() {
    return "fop";
  }

  @Override
  public List<Program> clients(Setting setting) {
    var millis = Long.toString(pause.toMillis());
    return setting.members().stream()
        .map(member -> new Program(member, ClientProgram.class, List.of(member, millis)))
        .toList();
  }

  @Override
  public List<Observation> notes(Path directory) throws IOException {
    var written = directory.resolve(HOOK_NOTES);
    return Files.exists(written)
        ? Files.readAllLines(written).stream().map(Observation::parse).toList()
        : List.of();
  }
}
