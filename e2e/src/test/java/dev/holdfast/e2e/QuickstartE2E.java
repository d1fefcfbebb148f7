package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class QuickstartE2E {

  @Test
  @DisplayName("after kubectl apply bytes flow through the Service, and kubectl get says how it is")
  void fromApplyToByte(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");

    var applied = Instant.now();
    namespace.applyAndAwaitReady(
        ProxyManifest.of("postgres", "pg-0", "pg-1").toString(), "postgres");
    Measurements.add("kubectl apply to Ready", Duration.between(applied, Instant.now()));
    Measurements.add("resident memory of the idle data plane", residentMemory(namespace));

    var traffic = Traffic.start(namespace, "postgres", 5432);
    traffic.assertNothingLost(traffic.opened());
    assertThat(traffic.fresh()).allMatch(e -> e.answeredBy("pg-0"));

    var service = namespace.client().services().inNamespace(namespace.name()).withName("postgres");
    var address = service.get().getSpec().getClusterIP() + ":5432";
    assertThat(namespace.kubectl().run("get", "failoverproxies").lines().map(String::strip))
        .satisfiesExactly(
            header -> assertThat(header).matches("NAME +READY +PRIMARY +BACKENDS +ADDRESS +AGE"),
            row -> assertThat(row).matches("postgres +True +pg-0 +2/2 +" + address + " +\\S+"));
    assertThat(namespace.kubectl().run("get", "fop", "-o", "wide"))
        .containsPattern("EPOCH +LAST-FAILOVER +LEADER +AGREED +REASON");
  }

  @Test
  @DisplayName("kubectl explain tells what every field is for")
  void explains(TestNamespace namespace) {
    // The API server publishes the schema of a new kind some seconds after the kind.
    within(60)
        .untilAsserted(() ->
            assertThat(
                    namespace
                        .kubectl()
                        .run("explain", "fop.spec.selection.failback", "--recursive"))
                .contains("DESCRIPTION:", "policy", "stableFor")
                .doesNotContain("<empty>"));
  }

  private static String residentMemory(TestNamespace namespace) {
    var status = namespace.kubectl().run("exec", "postgres-fop-0", "--", "cat", "/proc/1/status");
    return status
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.substring("VmRSS:".length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
