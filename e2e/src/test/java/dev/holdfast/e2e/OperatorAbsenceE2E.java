package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated(OnCluster.OPERATOR_GOES)
@ExtendWith(OnCluster.class)
class OperatorAbsenceE2E {
  private static final Kubectl SYSTEM = new Kubectl(Helm.NAMESPACE);

  @Test
  @DisplayName("an operator that restarts loses no connection")
  void restart(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);
    var pod = namespace.dataPlanePod("postgres", 0).getMetadata().getUid();

    var before = Instant.now();
    SYSTEM.run("rollout", "restart", "deployment/" + Helm.OPERATOR);
    SYSTEM.run("rollout", "status", "deployment/" + Helm.OPERATOR, "--timeout=60s");
    assertOperatorWorks(namespace);

    traffic.assertNothingLost(before);
    assertThat(namespace.dataPlanePod("postgres", 0).getMetadata().getUid()).isEqualTo(pod);
    assertThat(namespace.dataPlanePod("postgres", 0).getStatus().getContainerStatuses())
        .allMatch(container -> container.getRestartCount() == 0);
  }

  @Test
  @DisplayName("without an operator the data plane fails over; the status follows when it is back")
  void absence(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);
    scaleOperator(0);
    try {
      var before = Instant.now();
      box.kill("pg-0");
      traffic.awaitAnswer("pg-1", traffic.awaitBreak(before, 20), 60);
      assertThat(namespace.status("postgres").primary().name()).isEqualTo("pg-0");
    } finally {
      scaleOperator(1);
    }

    var back = Instant.now();
    namespace.awaitPrimary("postgres", "pg-1", 60);
    Measurements.add(
        "operator's start, with a lease to wait for, to status",
        Duration.between(back, Instant.now()));
    within(60)
        .untilAsserted(() ->
            assertThat(namespace.events("postgres", e -> e.getReason().equals("FailedOver")))
                .hasSize(1));
  }

  @Test
  @DisplayName("a switch that is wished for without an operator is made once, when it is back")
  void switchWhileAway(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    scaleOperator(0);
    try {
      namespace.annotate("postgres", "holdfast.dev/switch-to=pg-1");
    } finally {
      scaleOperator(1);
    }
    namespace.awaitEvent("postgres", "SwitchAccepted", 60, "switch-to=pg-1");
    namespace.awaitPrimary("postgres", "pg-1", 60);

    // as a new operator does when the one before ended between the switch and taking it off
    namespace.annotate("postgres", "holdfast.dev/switch-to=pg-1");
    within(60)
        .untilAsserted(() ->
            assertThat(namespace.events("postgres", e -> e.getReason().equals("SwitchAccepted")))
                .hasSize(2));
    assertThat(namespace.status("postgres").primary().epoch()).isEqualTo(2);
    assertThat(namespace.events("postgres", e -> e.getReason().equals("SwitchedOver"))).hasSize(1);
  }

  private static void scaleOperator(int replicas) {
    SYSTEM.run("scale", "deployment/" + Helm.OPERATOR, "--replicas=" + replicas);
    within(60)
        .until(
            () -> SYSTEM.run("get", "pods", "-l", Helm.OPERATOR_PODS, "-o", "name").lines().count(),
            count -> count == replicas);
  }

  /** A change of the resource arrives in its status. */
  static void assertOperatorWorks(TestNamespace namespace) {
    namespace
        .kubectl()
        .run(
            "patch",
            "fop",
            "postgres",
            "--type=merge",
            "-p",
            "{\"spec\":{\"shutdown\":{\"drainTimeout\":\"4s\"}}}");
    var wanted = namespace.proxy("postgres").get().getMetadata().getGeneration();
    within(60)
        .ignoreExceptions()
        .until(() -> namespace.status("postgres").observedGeneration(), wanted::equals);
  }
}
