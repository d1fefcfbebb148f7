package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class ScaleE2E {

  @Test
  @DisplayName("kubectl scale takes a proxy to three pods and back while clients connect")
  void oneThreeOne(TestNamespace namespace) {
    new Box(namespace).startBackends("pg-0", "pg-1");
    var manifest = ProxyManifest.of("postgres", "pg-0", "pg-1").with("agreement: {mode: None}");
    namespace.applyAndAwaitReady(manifest.toString(), "postgres");
    var traffic = Traffic.start(namespace, "postgres", 5432);

    var before = Instant.now();
    scale(namespace, 3);
    assertThat(namespace.status("postgres").conditions())
        .filteredOn(condition -> condition.getType().equals("Agreed"))
        .singleElement()
        .satisfies(agreed -> {
          assertThat(agreed.getStatus()).isEqualTo("False");
          assertThat(agreed.getReason()).isEqualTo("Unfenced");
        });
    traffic.assertNothingLost(before);

    scale(namespace, 1);
    traffic.awaitAnswer("pg-0", Instant.now(), 60);
    assertThat(traffic.fresh()).allMatch(e -> e.outcome() == Exchange.Outcome.ANSWERED);
    assertThat(namespace.status("postgres").conditions())
        .noneMatch(condition -> condition.getType().equals("Agreed"));
  }

  private static void scale(TestNamespace namespace, int replicas) {
    namespace.kubectl().run("scale", "fop/postgres", "--replicas=" + replicas);
    within(60)
        .untilAsserted(() -> {
          var scaled = namespace.proxy("postgres").scale();
          assertThat(scaled.getStatus().getReplicas()).isEqualTo(replicas);
          assertThat(namespace.status("postgres").readyReplicas()).isEqualTo(replicas);
          var selector = scaled.getStatus().getSelector();
          assertThat(namespace.kubectl().run("get", "pods", "-l", selector, "-o", "name"))
              .hasLineCount(replicas);
        });
  }
}
