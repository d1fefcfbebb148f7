package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class SharedTableLossE2E {

  @Test
  @DisplayName("S14 a table that is lost with its pods is given up only when that is said")
  void lost(TestNamespace namespace) {
    new Box(namespace).startBackends("blue", "green");
    var balancer = Balancer.apply(namespace, "replicas: 3");
    balancer.awaitInSync(3);
    var traffic = Traffic.start(namespace, "game", 5432);
    within(60).until(() -> balancer.status().entries(), entries -> entries == 1);

    var lost = lose(namespace, balancer);
    begin(namespace, balancer, traffic, lost);
  }

  /** Nobody serves, and nothing else begins by itself. */
  private static String lose(TestNamespace namespace, Balancer balancer) {
    var lost = Objects.requireNonNull(balancer.status().clusterId());
    namespace.deletePods(IntStream.range(0, 3).mapToObj(balancer::podName).toList());
    balancer.awaitConditions(180, "DataLost=True/AllReplicasEmpty", "QuorumHealthy=False/DataLost");
    balancer.awaitEvent("Warning", "DataLost", lost);
    assertThat(balancer.status().clusterId()).isEqualTo(lost);
    assertThat(balancer.columns()).startsWith("game", "False");
    return lost;
  }

  private static void begin(
      TestNamespace namespace, Balancer balancer, Traffic traffic, String lost) {
    var before = Instant.now();
    namespace.kubectl().run("annotate", "stb", "game", "holdfast.dev/rebootstrap=" + lost);
    within(180)
        .ignoreExceptions()
        .until(() -> balancer.status().clusterId(), id -> id != null && !id.equals(lost));
    balancer.awaitInSync(3);
    traffic.awaitEcho(before, 60);
    within(60).until(() -> balancer.status().entries(), entries -> entries == 1);
    assertThat(balancer.columns()).startsWith("game", "True", "2/2", "1");
    assertThat(balancer.status().conditions())
        .noneMatch(c -> c.getType().equals("DataLost") && c.getStatus().equals("True"));
  }
}
