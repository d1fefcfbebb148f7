package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.state.PrimaryStore;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A data plane that runs one resource, {@code default/db}, on an ephemeral port. */
public final class Rig implements AutoCloseable {
  private static final ManifestReader READER = ManifestReader.trustingRules();
  final DataPlane plane;
  final List<DataPlaneStatus> heard = Collections.synchronizedList(new ArrayList<>());

  Rig() {
    this(PrimaryStore.none());
  }

  Rig(PrimaryStore store) {
    plane = DataPlane.start(DataPlaneOptions.of("test").withEventLoops(2).withStore(store));
    plane.status().subscribe(heard::add);
  }

  /** Applies, and waits for a primary. */
  Rig running(String spec) {
    assertThat(apply(spec)).isEmpty();
    await(status -> status.primary() != null && listening(status));
    return this;
  }

  List<Problem> apply(String spec) {
    return plane.apply(List.of(manifest(null, 0, spec)));
  }

  List<Problem> apply(String uid, long generation, String spec) {
    return plane.apply(List.of(manifest(uid, generation, spec)));
  }

  public static Manifest manifest(@Nullable String uid, long generation, String spec) {
    var text =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: FailoverProxy
        metadata: {name: db, namespace: default}
        spec:
          listen: {address: 127.0.0.1, port: 1}
        """
            + spec.indent(2);
    var read = READER.read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    var manifest = read.manifests().getFirst();
    // The schema does not know port 0, which lets the kernel choose one.
    ((ObjectNode) manifest.tree().path("spec").path("listen")).put("port", 0);
    return new Manifest(
        manifest.kind(),
        manifest.namespace(),
        manifest.name(),
        uid,
        generation,
        manifest.file(),
        manifest.tree());
  }

  /** How a switch of the primary is answered. */
  SwitchAnswer switchTo(String backend, boolean force) throws Exception {
    return plane
        .switchPrimary("default", "db", new SwitchRequested(backend, force))
        .orElseThrow()
        .toCompletableFuture()
        .get(15, TimeUnit.SECONDS);
  }

  DataPlaneStatus status() {
    return plane.status().all().getFirst();
  }

  String primary() {
    var primary = status().primary();
    return primary == null ? "none" : primary.name() + "/" + primary.epoch();
  }

  static boolean is(DataPlaneStatus status, String primary, long epoch) {
    var known = status.primary();
    return known != null && known.name().equals(primary) && known.epoch() == epoch;
  }

  int port() {
    return status().listener().port();
  }

  void await(Predicate<DataPlaneStatus> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> plane.status().all().stream().anyMatch(condition));
  }

  void awaitPrimary(String nameAndEpoch) {
    await(status -> primary().equals(nameAndEpoch));
  }

  /**
   * Waits until a new client reaches this backend. Under Refuse the socket closes and opens between
   * primaries, each time on another port, because the kernel chooses it.
   */
  void awaitReached(String backend) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> SampleClient.reached(port()).equals(backend));
  }

  /** YAML of a backend list. */
  static String backends(SampleBackend... backends) {
    var yaml = new StringBuilder("backends:\n");
    for (int i = 0; i < backends.length; i++) {
      yaml.append(
          "- {name: %s, host: 127.0.0.1, port: %d}%n".formatted(name(i), backends[i].port()));
    }
    return yaml.toString();
  }

  private static String name(int i) {
    return String.valueOf((char) ('a' + i));
  }

  private static boolean listening(DataPlaneStatus status) {
    return status.listener().state() == Listener.State.Open;
  }

  @Override
  public void close() {
    plane.close();
  }
}
