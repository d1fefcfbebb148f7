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
    awaitInSync(balancer, 3);
    assertThat(namespace.kubectl().run("get", "stb", "-o", "wide", "--no-headers"))
        .contains(balancer.status().leader(), "Serving");

    // The Service hands each connection to any of the pods; the second client gets the group with
    // fewer keys.
    var first = Traffic.start(namespace, "first", "game", 5432);
    var own = groupOf(first);
    within(60).until(() -> balancer.group(own).keys(), keys -> keys == 1);
    var second = Traffic.start(namespace, "second", "game", 5432);
    assertThat(groupOf(second)).isNotEqualTo(own);
    within(60).until(() -> balancer.status().entries(), entries -> entries == 2);

    deletePod(namespace, balancer, first);
    drain(balancer, own, first);
    namespace.kubectl().run("scale", "stb/game", "--replicas=5");
    awaitInSync(balancer, 5);
    first.awaitAnswer(own, Instant.now(), 60);

    assertThat(balancer.status().entries()).isEqualTo(2);
    for (var client : List.of(first, second)) {
      var group = groupOf(client);
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
    awaitInSync(balancer, 3);
    client.awaitAnswer(groupOf(client), Instant.now(), 60);
  }

  private static void drain(Balancer balancer, String group, Traffic client) {
    var id = group.equals("blue") ? 1 : 2;
    balancer.wish(id, "Draining");
    balancer.awaitGroup(group, "Draining Spec", 60);
    client.awaitAnswer(group, Instant.now(), 60);
    balancer.wish(id, "Active");
    balancer.awaitGroup(group, "Active Spec", 60);
  }

  private static void awaitInSync(Balancer balancer, int pods) {
    balancer.awaitConditions(
        180, "Ready=True/Serving", "QuorumHealthy=True/Quorum", "TableReplicated=True/InSync");
    within(180).until(() -> balancer.status().readyReplicas(), ready -> ready == pods);
    within(60)
        .until(
            () -> balancer.message("TableReplicated"),
            message -> message.endsWith("game-stb-" + (pods - 1)));
  }

  /** Who answered the client first. */
  private static String groupOf(Traffic client) {
    return client.fresh().stream()
        .filter(e -> e.outcome() == Exchange.Outcome.ANSWERED)
        .findFirst()
        .map(e -> e.answeredBy("blue") ? "blue" : "green")
        .orElseThrow();
  }
}
