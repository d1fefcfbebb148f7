package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.replica.ProxyMessage;
import dev.holdfast.dataplane.metrics.PrometheusReader;
import dev.holdfast.dataplane.metrics.PrometheusText;
import dev.holdfast.dataplane.runtime.replica.AgreementOptions;
import dev.holdfast.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Three data planes of one resource in this process, which agree over a log in memory. */
final class AgreedRig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Longer than a machine with much else to do stands still. */
  private static final String LEASE = "4s";

  static final String AGREEMENT =
      """
      agreement: {mode: Raft, leaseDuration: %s}
      connections: {onPrimaryChange: {policy: Sever}}
      peers:
      - {name: p1, host: 127.0.0.1, port: 1}
      - {name: p2, host: 127.0.0.1, port: 2}
      - {name: p3, host: 127.0.0.1, port: 3}
      """
          .formatted(LEASE);

  final MemoryGroup<Command, Ledger, ProxyMessage> group = new MemoryGroup<>("p1", "p2", "p3");
  private final Map<String, DataPlane> planes = new TreeMap<>();
  private String agreement = AGREEMENT;

  /** Of those that are started from now on. */
  void whileNoPrimary(String policy) {
    agreement =
        AGREEMENT
            .replace("{policy: Sever}", "{policy: Sever}, whileNoPrimary: {policy: %s}")
            .formatted(policy);
  }

  /** Starts a replica with this specification, without what is said of its agreement. */
  void start(String name, String spec) {
    var options =
        DataPlaneOptions.of(name)
            .withEventLoops(1)
            .withAgreement(new AgreementOptions(group.replicas(), Path.of("unused"), null));
    var plane = DataPlane.start(options);
    planes.put(name, plane);
    assertThat(plane.apply(List.of(Rig.manifest(null, 0, agreement + spec)))).isEmpty();
  }

  void startAll(String spec) {
    start("p1", spec);
    start("p2", spec);
    start("p3", spec);
  }

  /** With all of the specification. */
  List<Problem> apply(String name, String spec) {
    return planes.get(name).apply(List.of(Rig.manifest(null, 0, spec)));
  }

  void stop(String name) {
    planes.remove(name).close();
  }

  DataPlane plane(String name) {
    return planes.get(name);
  }

  DataPlaneStatus status(String name) {
    return planes.get(name).status().all().getFirst();
  }

  String primary(String name) {
    var primary = status(name).primary();
    return primary == null ? "none" : primary.name();
  }

  double turnedAwayWithoutLease(String name) {
    var text = new PrometheusText();
    planes.get(name).metrics().forEach(source -> source.collect(text));
    return PrometheusReader.read(text.toString()).entrySet().stream()
        .filter(sample -> "no_lease".equals(sample.getKey().labels().get("reason")))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  long epoch(String name) {
    return status(name).agreement().epoch();
  }

  static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(condition);
  }

  /** Waits until a new client of this replica reaches that backend. */
  void awaitReached(String name, String backend) {
    await(
        "a client of " + name + " reaches " + backend,
        () -> isOpen(name) && SampleClient.reached(port(name)).equals(backend));
  }

  void awaitAllReach(String backend) {
    planes.keySet().forEach(name -> awaitReached(name, backend));
  }

  private boolean isOpen(String name) {
    return status(name).listener().state() == Listener.State.Open;
  }

  int port(String name) {
    return status(name).listener().port();
  }

  @Override
  public void close() {
    planes.values().forEach(DataPlane::close);
    group.close();
  }
}
