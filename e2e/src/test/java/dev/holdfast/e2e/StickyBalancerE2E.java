package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class StickyBalancerE2E {

  @Test
  @DisplayName("a client keeps its group while it drains and moves when it is disabled")
  void drainAndDisable(TestNamespace namespace) {
    new Box(namespace).startBackends("blue", "green");
    var balancer = Balancer.apply(namespace, "replicas: 1");
    balancer.awaitReady();
    var traffic = Traffic.start(namespace, "game", 5432);
    var own = traffic.fresh().getFirst().answeredBy("blue") ? "blue" : "green";
    var other = own.equals("blue") ? "green" : "blue";
    var id = own.equals("blue") ? 1 : 2;
    var uid = balancer.pod(0).getMetadata().getUid();
    within(60).until(() -> balancer.status().entries(), entries -> entries == 1);

    balancer.wish(id, "Draining");
    balancer.awaitGroup(own, "Draining Spec", 60);
    balancer.awaitEvent("Normal", "GroupDraining", own);
    traffic.awaitAnswer(own, Instant.now(), 60);
    assertThat(traffic.fresh()).allMatch(e -> e.answeredBy(own));
    assertThat(traffic.kept()).noneMatch(e -> e.outcome() == Exchange.Outcome.ENDED);

    var before = Instant.now();
    balancer.wish(id, "Disabled");
    balancer.awaitGroup(own, "Disabled Spec", 60);
    traffic.awaitBreak(before, 60);
    traffic.awaitAnswer(other, before, 60);
    assertThat(balancer.pod(0).getMetadata().getUid()).as("the pod goes on").isEqualTo(uid);
    within(60).until(() -> balancer.group(own).keys(), keys -> keys == 0);
    within(60).until(() -> balancer.group(other).keys(), keys -> keys == 1);
  }

  @Test
  @DisplayName("kubectl shows what matters, and what a check finds makes an Event")
  void shown(TestNamespace namespace) {
    var box = new Box(namespace);
    box.startBackends("blue", "green");
    var balancer = Balancer.apply(namespace, "replicas: 1");
    balancer.awaitReady();
    assertThat(balancer.columns()).startsWith("game", "True", "2/2", "0");
    assertThat(balancer.columns()[4]).endsWith(":5432");
    assertThat(balancer.wide()).contains("Serving");

    box.kill("blue");
    balancer.awaitGroup("blue", "Draining Check/up", 60);
    balancer.awaitConditions(60, "Ready=True/Serving", "Degraded=True/GroupsOut");
    assertThat(balancer.message("Degraded")).startsWith("blue is Draining (Check/up, ");
    balancer.awaitEvent("Warning", "GroupDraining", "Check/up");
    assertThat(balancer.columns()).startsWith("game", "True", "1/2");

    box.kill("green");
    balancer.awaitConditions(60, "Ready=False/NoActiveGroup");
    balancer.awaitEvent("Warning", "NoActiveGroup", "green is Draining");

    box.startBackends("blue", "green");
    balancer.awaitConditions(60, "Ready=True/Serving", "Degraded=False/AsWanted");
    balancer.awaitEvent("Normal", "GroupActive", "blue");
  }

  @Test
  @DisplayName(
      "a group that is drained through the admin interface is told as such, and is no fault")
  void drainedByHand(TestNamespace namespace) {
    new Box(namespace).startBackends("blue", "green");
    var balancer = Balancer.apply(namespace, "replicas: 1");
    balancer.awaitReady();

    var admin = balancer.admin();
    assertThat(admin.putState("game-stb-0", 1, "Draining")).isEqualTo(200);
    balancer.awaitGroup("blue", "Draining Runtime", 60);
    balancer.awaitConditions(60, "Ready=True/Serving", "Degraded=False/AsWanted");
    balancer.awaitEvent("Normal", "GroupDraining", "Runtime");
    assertThat(admin.putState("game-stb-0", 1, null)).isEqualTo(200);
    balancer.awaitGroup("blue", "Active Spec", 60);
  }

  @Test
  @DisplayName("S14 pods with a table each are added up, and scaled as anything else")
  void local(TestNamespace namespace) {
    new Box(namespace).startBackends("blue", "green");
    var balancer = Balancer.apply(namespace, "replicas: 2", "replication: {consistency: Local}");
    balancer.awaitReady();
    within(60).until(() -> balancer.status().readyReplicas(), ready -> ready == 2);
    balancer.awaitConditions(
        20, "QuorumHealthy=True/Local", "TableReplicated=False/Local", "Degraded=False/AsWanted");
    Traffic.start(namespace, "first", "game-stb-0.game-stb-pods", 5432);
    Traffic.start(namespace, "second", "game-stb-1.game-stb-pods", 5432);
    within(60).until(() -> balancer.status().entries(), entries -> entries == 2);
    assertThat(balancer.group("blue").votes()).isEqualTo("2/2");

    namespace.kubectl().run("scale", "stb/game", "--replicas=1");
    within(60).until(() -> balancer.status().replicas(), replicas -> replicas == 1);
    balancer.awaitConditions(60, "Ready=True/Serving", "TableReplicated=False/SingleReplica");
  }

  @Test
  @DisplayName("the table is on the claim: a pod that is made anew knows the clients")
  void claim(TestNamespace namespace) {
    new Box(namespace).startBackends("blue", "green");
    try (var disks = Disks.make(namespace, List.of("state-game-stb-0"), 0)) {
      var storage = "storage: {type: PersistentVolumeClaim, size: 16Mi, storageClassName: %s}";
      var balancer =
          Balancer.apply(
              namespace,
              "replicas: 1",
              "replication: {%s}".formatted(storage.formatted(disks.storageClass())));
      balancer.awaitReady();
      // The client gets green; without the table it would be given blue, the first of two.
      balancer.wish(1, "Draining");
      balancer.awaitGroup("blue", "Draining Spec", 60);
      var traffic = Traffic.start(namespace, "game", 5432);
      balancer.wish(1, "Active");
      balancer.awaitGroup("blue", "Active Spec", 60);
      within(60).until(() -> balancer.group("green").keys(), keys -> keys == 1);

      var before = Instant.now();
      namespace.deletePods(List.of("game-stb-0"));
      balancer.awaitReady();
      traffic.awaitAnswer("green", before.plusSeconds(5), 60);
      assertThat(traffic.fresh())
          .filteredOn(e -> e.outcome() == Exchange.Outcome.ANSWERED)
          .allMatch(e -> e.answeredBy("green"));

      namespace.kubectl().run("delete", "stb", "game");
      within(60)
          .until(
              () -> namespace.kubectl().run("get", "persistentvolumeclaims", "-o", "name"),
              String::isEmpty);
    }
  }
}
