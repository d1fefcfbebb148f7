package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class SwitchoverE2E {

  @Test
  @DisplayName("an annotation switches the primary once, or is refused, and an Event says which")
  void byAnnotation(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("pg-0", "pg-1");
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);

    var before = Instant.now();
    switchTo(namespace, "postgres", "pg-1");
    namespace.awaitEvent("postgres", "SwitchAccepted", 60, "switch-to=pg-1", "is the primary");
    namespace.awaitEvent("postgres", "SwitchedOver", 60, "pg-0 -> pg-1", "Switchover");
    traffic.awaitAnswer("pg-1", before, 60);
    traffic.assertNothingLost(before);

    switchTo(namespace, "postgres", "nobody");
    namespace.awaitEvent("postgres", "SwitchRefused", 60, "switch-to=nobody", "pg-0");

    box.kill("pg-0");
    within(60).until(() -> namespace.status("postgres").healthyBackends(), "1/2"::equals);
    switchTo(namespace, "postgres", "pg-0");
    namespace.awaitEvent("postgres", "SwitchRefused", 60, "switch-to=pg-0", "Unhealthy");

    assertThat(namespace.status("postgres").primary())
        .extracting(primary -> primary.name(), primary -> primary.epoch())
        .containsExactly("pg-1", 2L);
    assertThat(namespace.events("postgres", e -> e.getReason().startsWith("Switch"))).hasSize(4);
  }

  @Test
  @DisplayName("a backend that its checks refuse becomes primary only when the switch is forced")
  void forced(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    var manifest =
        ProxyManifest.of("postgres", "pg-0", "pg-1")
            .withChecks("{name: role, interval: 2s, timeout: 2s, sendExpect: {expect: pg-0}}");
    namespace.applyAndAwaitReady(manifest.toString(), "postgres");
    // until then it is unknown, and asked once more for the switch
    within(60).until(() -> health(namespace, "postgres", "pg-1"), "Unhealthy"::equals);
    var traffic = Traffic.start(namespace, "postgres", 5432);

    switchTo(namespace, "postgres", "pg-1");
    namespace.awaitEvent("postgres", "SwitchRefused", 60, "switch-to=pg-1", "Unhealthy", "force");

    var before = Instant.now();
    namespace.annotate("postgres", "holdfast.dev/switch-to=pg-1", "holdfast.dev/switch-force=true");
    namespace.awaitEvent("postgres", "SwitchAccepted", 60, "switch-to=pg-1, forced");
    traffic.awaitAnswer("pg-1", before, 60);
    namespace.awaitPrimary("postgres", "pg-1", 60);
    within(60)
        .until(
            () -> namespace.kubectl().run("get", "fop", "postgres", "-o", "jsonpath={.metadata}"),
            metadata -> !metadata.contains("holdfast.dev/switch"));
    traffic.assertNothingLost(before);
  }

  @Test
  @DisplayName("a change of the primary severs or drains the connections to the old one, as told")
  void openConnections(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    namespace.kubectl().apply(changing("sever", "{policy: Sever}"));
    namespace.applyAndAwaitReady(changing("drain", "{policy: Drain, drainTimeout: 5s}"), "drain");
    namespace.awaitReady("sever");
    var severed = Traffic.start(namespace, "severed", "sever", 5432);
    var drained = Traffic.start(namespace, "drained", "drain", 5432);

    var before = Instant.now();
    switchTo(namespace, "sever", "pg-1");
    assertThat(severed.awaitBreak(before, 60))
        .isBefore(severed.awaitAnswer("pg-1", before, 60).end().plusSeconds(2));

    before = Instant.now();
    switchTo(namespace, "drain", "pg-1");
    var moved = drained.awaitAnswer("pg-1", before, 60).end();
    assertThat(Duration.between(moved, drained.awaitBreak(before, 60)))
        .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(9));
  }

  /** The annotation is taken off when the pods have answered. */
  private static void switchTo(TestNamespace namespace, String proxy, String backend) {
    namespace.annotate(proxy, "holdfast.dev/switch-to=" + backend);
    within(60)
        .until(
            () -> namespace.kubectl().run("get", "fop", proxy, "-o", "jsonpath={.metadata}"),
            metadata -> !metadata.contains("holdfast.dev/switch-to"));
  }

  private static String health(TestNamespace namespace, String proxy, String backend) {
    var path = "jsonpath={.status.backends[?(@.name=='%s')].health}".formatted(backend);
    return namespace.kubectl().run("get", "fop", proxy, "-o", path);
  }

  private static String changing(String name, String policy) {
    return ProxyManifest.of(name, "pg-0", "pg-1")
        .with("connections: {onPrimaryChange: %s}".formatted(policy))
        .toString();
  }
}
