package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pods of a StickyBalancer that have one table, as the pods of a cluster come and go. */
@ExtendWith(OnCluster.class)
class SharedTableE2E {

  @Test
  @DisplayName("S14 a client has one group through every pod, whichever goes, drains or comes")
  void oneTable(TestNamespace namespace) {
    new Box(namespace).startBackends("blue", "green");
    var balancer = Balancer.apply(namespace, "replicas: 3");
    balancer.awaitInSync(3);
    assertThat(balancer.wide()).contains(balancer.status().leader(), "Serving");

    // The Service hands each connection to any of the pods; the second client gets the group with
    // fewer keys.
    var first = Traffic.start(namespace, "first", "game", 5432);
    var own = first.firstBackend();
    within(60).until(() -> balancer.group(own).keys(), keys -> keys == 1);
    var second = Traffic.start(namespace, "second", "game", 5432);
    assertThat(second.firstBackend()).isNotEqualTo(own);
    within(60).until(() -> balancer.status().entries(), entries -> entries == 2);

    deletePod(namespace, balancer, first);
    drain(balancer, own, first);
    namespace.kubectl().run("scale", "stb/game", "--replicas=5");
    balancer.awaitInSync(5);
    first.awaitAnswer(own, Instant.now(), 60);

    assertThat(balancer.status().entries()).isEqualTo(2);
    for (var client : List.of(first, second)) {
      var group = client.firstBackend();
      assertThat(client.fresh())
          .filteredOn(e -> e.outcome() == Exchange.Outcome.ANSWERED)
          .hasSizeGreaterThan(50)
          .allMatch(e -> e.answeredBy(group));
    }
  }

  private static void deletePod(TestNamespace namespace, Balancer balancer, Traffic client) {
    var leader = String.valueOf(balancer.status().leader());
    namespace.deletePods(List.of(leader));
    within(60)
        .ignoreExceptions()
        .until(() -> balancer.status().leader(), next -> next != null && !next.equals(leader));
    balancer.awaitInSync(3);
    client.awaitAnswer(client.firstBackend(), Instant.now(), 60);
  }

  private static void drain(Balancer balancer, String group, Traffic client) {
    var id = group.equals("blue") ? 1 : 2;
    balancer.wish(id, "Draining");
    balancer.awaitGroup(group, "Draining Spec", 60);
    client.awaitAnswer(group, Instant.now(), 60);
    balancer.wish(id, "Active");
    balancer.awaitGroup(group, "Active Spec", 60);
  }
}
