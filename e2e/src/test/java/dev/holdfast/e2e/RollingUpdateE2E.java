package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class RollingUpdateE2E {

  @Test
  @DisplayName("three pods are replaced one by one, and no connection that drains in time is lost")
  void underLoad(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    var manifest =
        ProxyManifest.of("postgres", "pg-0", "pg-1")
            .with("replicas: 3")
            .with("agreement: {mode: None}");
    namespace.applyAndAwaitReady(manifest.toString(), "postgres");
    rolledOut(namespace);
    var traffic = Traffic.start(namespace, "postgres", 5432);

    var before = Instant.now();
    namespace
        .kubectl()
        .apply(manifest.with("template: {annotations: {example.com/rolled: \"yes\"}}").toString());
    rolledOut(namespace);
    // Without agreement each pod chooses for itself: which backend answers is not what is asked
    // here.
    var after = Instant.now();
    TestNamespace.within(60)
        .until(() -> traffic.fresh().stream().anyMatch(e -> e.begin().isAfter(after)));

    assertThat(traffic.fresh())
        .filteredOn(e -> e.end().isAfter(before))
        .as("connections during the update")
        .hasSizeGreaterThan(20)
        .allMatch(e -> e.outcome() == Exchange.Outcome.ANSWERED);
    Measurements.add("rolling update of three pods", Duration.between(before, Instant.now()));
    Measurements.add("longest wait during a rolling update", traffic.longestWait(before));
  }

  private static void rolledOut(TestNamespace namespace) {
    TestNamespace.within(60)
        .until(
            () ->
                namespace
                    .kubectl()
                    .run("get", "statefulset", "postgres-fop", "-o", "jsonpath={.spec.template}"),
            template ->
                template.contains("rolled")
                    == namespace
                        .kubectl()
                        .run("get", "fop", "postgres", "-o", "jsonpath={.spec.template}")
                        .contains("rolled"));
    namespace.kubectl().run("rollout", "status", "statefulset/postgres-fop", "--timeout=85s");
  }
}
