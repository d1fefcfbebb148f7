package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class SharedTableScaleE2E {

  @Test
  @DisplayName("S14 clients keep their groups while all pods are replaced; one pod begins anew")
  void rolledAndAlone(TestNamespace namespace) {
    new Box(namespace).startBackends("blue", "green");
    var balancer = Balancer.apply(namespace, "replicas: 3");
    balancer.awaitInSync(3);
    var first = Traffic.start(namespace, "first", "game", 5432);
    within(60).until(() -> balancer.status().entries(), entries -> entries == 1);
    var second = Traffic.start(namespace, "second", "game", 5432);
    assertThat(second.firstBackend()).isNotEqualTo(first.firstBackend());

    roll(namespace, balancer, List.of(first, second));
    toOne(namespace, balancer, first, second.firstBackend());
  }

  private static void roll(TestNamespace namespace, Balancer balancer, List<Traffic> clients) {
    var cluster = balancer.status().clusterId();
    var start = Instant.now();
    Balancer.apply(namespace, "replicas: 3", Rollout.TEMPLATE);
    new Rollout(namespace, "game-stb").await(3);
    balancer.awaitInSync(3);
    Measurements.add(
        "rolling update of three with one table", Duration.between(start, Instant.now()));

    assertThat(balancer.status().clusterId()).isEqualTo(cluster);
    assertThat(balancer.columns()).startsWith("game", "True", "2/2", "2");
    for (var client : clients) {
      var group = client.firstBackend();
      client.awaitAnswer(group, Instant.now(), 60);
      client.awaitEcho(Instant.now(), 60);
      Evidence.since(start, List.of(client)).assertOnly(group);
      var tried = client.fresh().stream().filter(e -> e.end().isAfter(start)).toList();
      var answered = tried.stream().filter(e -> e.answeredBy(group)).count();
      Measurements.add(
          "new connections of a known client while three with one table are rolled",
          "%d answered, %d not".formatted(answered, tried.size() - answered));
      // A busy machine may let a lease run out.
      assertThat(answered).isGreaterThan(tried.size() / 2);
    }
  }

  /** The table goes with its pods: a group that drains does not see its client again. */
  private static void toOne(
      TestNamespace namespace, Balancer balancer, Traffic client, String other) {
    var own = client.firstBackend();
    balancer.wish(own.equals("blue") ? 1 : 2, "Draining");
    balancer.awaitGroup(own, "Draining Spec", 60);
    client.awaitAnswer(own, Instant.now(), 60);

    namespace.kubectl().run("scale", "stb/game", "--replicas=1");
    balancer.awaitConditions(60, "Ready=False/Regrouping", "DataPlaneAvailable=False/Regrouping");
    assertThat(balancer.columns()).startsWith("game", "False");
    balancer.awaitConditions(
        240,
        "Ready=True/Serving",
        "QuorumHealthy=True/SingleReplica",
        "TableReplicated=False/SingleReplica");
    client.awaitAnswer(other, Instant.now(), 60);
    within(60).until(() -> balancer.group(other).keys(), keys -> keys == 2);
    var status = balancer.status();
    assertThat(status.clusterId()).isNull();
    assertThat(status.leader()).isNull();
    assertThat(status.readyReplicas()).isEqualTo(1);
    assertThat(balancer.group(own).keys()).isZero();
    assertThat(balancer.columns()).startsWith("game", "True", "1/2", "2");
    assertThat(balancer.wide().strip()).matches("game +True +1/2 +2 +\\S+ +\\S+ +False +Serving");
  }
}
