package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FailoverProxyStatus.BackendStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each change must reach the running pod, without a restart and without touching open connections.
 */
@ExtendWith(OnCluster.class)
class SpecChangeE2E {
  private static final ProxyManifest ORIGINAL =
      ProxyManifest.of("postgres", "pg-0", "pg-1").with("service: {port: 5432}");

  @Test
  @DisplayName("spec changes reach a running pod within seconds and cut nothing")
  void changes(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1", "pg-2");
    namespace.applyAndAwaitReady(ORIGINAL.toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);
    var pod = namespace.dataPlanePod("postgres", 0).getMetadata().getUid();
    var before = Instant.now();

    addBackend(namespace);
    drainPrimary(namespace, traffic);
    changePort(namespace, traffic);

    assertThat(traffic.kept())
        .filteredOn(e -> e.end().isAfter(before))
        .as("echoes on the connection that was open before the changes")
        .hasSizeGreaterThan(5)
        .allMatch(e -> e.outcome() == Exchange.Outcome.ECHOED);
    assertThat(namespace.dataPlanePod("postgres", 0).getMetadata().getUid()).isEqualTo(pod);
    assertThat(namespace.dataPlanePod("postgres", 0).getStatus().getContainerStatuses())
        .allMatch(container -> container.getRestartCount() == 0);
  }

  private static void addBackend(TestNamespace namespace) {
    var changed = Instant.now();
    namespace.kubectl().apply(ORIGINAL.withBackends("pg-0", "pg-1", "pg-2").toString());
    within(60)
        .untilAsserted(() ->
            assertThat(namespace.status("postgres").backends())
                .extracting(BackendStatus::name)
                .containsExactly("pg-0", "pg-1", "pg-2"));
    Measurements.add("backend added to seen in status", Duration.between(changed, Instant.now()));
  }

  private static void drainPrimary(TestNamespace namespace, Traffic traffic) {
    var changed = Instant.now();
    namespace
        .kubectl()
        .apply(
            ORIGINAL.withBackends("pg-0", "pg-1", "pg-2").withState("pg-0", "Draining").toString());
    var answer = traffic.awaitAnswer("pg-1", changed, 60);
    Measurements.add(
        "primary set to Draining to first answer of the next",
        Duration.between(changed, answer.end()));
  }

  private static void changePort(TestNamespace namespace, Traffic traffic) {
    var moved =
        ORIGINAL.withBackends("pg-0", "pg-1", "pg-2").withState("pg-0", "Draining").withPort(15432);
    var direct = Traffic.knock(namespace, "direct", "postgres-fop-0.postgres-fop-pods", 15432);
    var changed = Instant.now();
    namespace.kubectl().apply(moved.toString());
    var answer = direct.awaitAnswer("pg-1", changed, 60);
    Measurements.add(
        "port changed to first answer on the new one", Duration.between(changed, answer.end()));
    traffic.awaitAnswer("pg-1", answer.end().plusSeconds(1), 60);
  }
}
