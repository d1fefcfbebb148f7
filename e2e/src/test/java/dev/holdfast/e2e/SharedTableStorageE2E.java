package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class SharedTableStorageE2E {
  private static final String STORAGE =
      "replication: {storage: {type: PersistentVolumeClaim, size: 16Mi, storageClassName: %s}}";

  private static final List<String> PODS = List.of("game-stb-0", "game-stb-1", "game-stb-2");
  private static final List<String> CLAIMS = PODS.stream().map("state-"::concat).toList();

  @Test
  @DisplayName("S14 the table outlives all pods on their volumes")
  void volumes(TestNamespace namespace) {
    new Box(namespace).startBackends("blue", "green");
    try (var disks = Disks.make(namespace, CLAIMS, 0)) {
      var storage = STORAGE.formatted(disks.storageClass());
      var balancer = Balancer.apply(namespace, "replicas: 3", storage);
      balancer.awaitInSync(3);
      // The client gets green; without the table it would be given blue, the first of two.
      balancer.wish(1, "Draining");
      balancer.awaitGroup("blue", "Draining Spec", 60);
      var traffic = Traffic.start(namespace, "game", 5432);
      balancer.wish(1, "Active");
      balancer.awaitGroup("blue", "Active Spec", 60);
      within(60).until(() -> balancer.group("green").keys(), keys -> keys == 1);

      restartAll(namespace, balancer, traffic);
      namespace.kubectl().run("delete", "stb", "game");
    }
  }

  private static void restartAll(TestNamespace namespace, Balancer balancer, Traffic traffic) {
    var cluster = balancer.status().clusterId();
    namespace.deletePods(PODS);
    balancer.awaitInSync(3);
    assertThat(balancer.status().clusterId()).isEqualTo(cluster);
    traffic.awaitAnswer("green", Instant.now(), 60);
    assertThat(traffic.fresh())
        .filteredOn(e -> e.outcome() == Exchange.Outcome.ANSWERED)
        .allMatch(e -> e.answeredBy("green"));
  }
}
