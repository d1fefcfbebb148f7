package dev.holdfast.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.operator.Balancers;
import dev.holdfast.operator.children.PodSet;
import dev.holdfast.operator.dataplane.BalancerWords;
import dev.holdfast.operator.dataplane.PodAddress;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.workload.BalancerWorkload;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BalancerStatusTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");
  private static final PodView.Link LIVE = new PodView.Link.Live(NOW);
  private static final List<String> ALONE = List.of("Active", "Active");

  private final StickyBalancer one = Balancers.minimal();

  @Test
  @DisplayName("a pod whose groups all take new keys makes everything well")
  void serving() {
    var status = build(one, BalancerWords.saying(0, "Active", "Active"));

    assertThat(reasons(status))
        .containsExactly(
            "Ready=True/Serving",
            "QuorumHealthy=True/SingleReplica",
            "TableReplicated=False/SingleReplica",
            "Degraded=False/AsWanted",
            "DataPlaneAvailable=True/AllPodsReady");
    assertThat(message(status, "Ready")).isEqualTo("2 of 2 groups take new keys");
    assertThat(status.activeGroups()).isEqualTo("2/2");
    assertThat(status.entries()).isEqualTo(10);
    assertThat(status.groups())
        .extracting(group -> group.name() + " " + group.effective() + " " + group.cause())
        .containsExactly("blue Active Spec", "green Active Spec");
    assertThat(status.groups().getFirst())
        .satisfies(group -> {
          assertThat(group.keys()).isEqualTo(4);
          assertThat(group.connections()).isEqualTo(2);
          assertThat(group.votes()).isNull();
          assertThat(group.since()).isEqualTo("2026-03-01T10:00:00Z");
        });
    assertThat(status.addresses()).containsExactly("10.96.0.12:5280", "10.96.0.12:5281");
    assertThat(status.selector()).contains("app.kubernetes.io/component=stickybalancer");
    assertThat(status.leader()).isNull();
  }

  @Test
  @DisplayName("a group that a check drains is told with what the check found")
  void groupOut() {
    var status = build(one, BalancerWords.saying(0, "Draining", "Active"));

    assertThat(reasons(status)).contains("Ready=True/Serving", "Degraded=True/GroupsOut");
    assertThat(message(status, "Degraded"))
        .isEqualTo("blue is Draining (Check/up, connect refused)");
    assertThat(status.activeGroups()).isEqualTo("1/2");
  }

  @Test
  @DisplayName("a group that somebody drains is as it is wanted")
  void drainedByHand() {
    var status = build(one, BalancerWords.drained(0));

    assertThat(reasons(status)).contains("Ready=True/Serving", "Degraded=False/AsWanted");
    assertThat(status.groups().getFirst().cause()).isEqualTo("Runtime");
  }

  @Test
  @DisplayName("when no group takes new keys the resource is not ready, and says why")
  void noActiveGroup() {
    var status = build(one, BalancerWords.saying(0, "Draining", "Disabled"));

    assertThat(reasons(status)).contains("Ready=False/NoActiveGroup");
    assertThat(message(status, "Ready"))
        .isEqualTo(
            "no group takes new keys: blue is Draining (Check/up, connect refused);"
                + " green is Disabled (Check/up, connect refused)");
  }

  @Test
  @DisplayName("a port that cannot be opened is told, whichever it is")
  void portTaken() {
    var listeners =
        List.of(
            new Listener("::", 5280, Listener.State.Open, null),
            new Listener("::", 5281, Listener.State.Failed, "Address already in use"));
    var status =
        build(one, BalancerWords.withListeners(BalancerWords.saying(0, ALONE, null), listeners));

    assertThat(reasons(status)).contains("Ready=False/ListenFailed", "Degraded=True/ListenFailed");
    assertThat(message(status, "Ready")).isEqualTo("port 5281: Address already in use");
  }

  @Test
  @DisplayName("a pod that refused its first configuration is told with its problems")
  void refusedAtFirst() {
    var status =
        BalancerStatusBuilder.build(
            facts(one, List.of(pod(0, false, LIVE, BalancerWords.refusingAtFirst(0)))));

    assertThat(reasons(status))
        .contains("Ready=False/ConfigRefused", "Degraded=True/ConfigRefused");
    assertThat(message(status, "Ready"))
        .isEqualTo("game-stb-0 runs nothing and refused 3: spec.replicas: not built yet");
  }

  @Test
  @DisplayName("S14 tables of their own are added up, and pods that disagree are named")
  void local() {
    var both = Balancers.local(3);
    var status =
        build(
            both,
            BalancerWords.saying(0, "Draining", "Active"),
            BalancerWords.saying(1, "Active", "Active"),
            BalancerWords.saying(2, "Active", "Active"));

    assertThat(reasons(status))
        .contains(
            "QuorumHealthy=True/Local",
            "TableReplicated=False/Local",
            "Degraded=True/Disagreement");
    assertThat(message(status, "Degraded"))
        .startsWith("game-stb-0: blue is Draining (Check/up, connect refused); game-stb-1: blue is")
        .doesNotContain("green");
    assertThat(status.entries()).isEqualTo(30);
    assertThat(status.groups().getFirst())
        .satisfies(group -> {
          assertThat(group.effective()).isEqualTo("Active");
          assertThat(group.votes()).isEqualTo("2/3");
          assertThat(group.keys()).isEqualTo(12);
          assertThat(group.connections()).isEqualTo(6);
        });
    assertThat(status.groups().getLast().votes()).isEqualTo("3/3");
  }

  @Test
  @DisplayName("replicas with one table: keys are counted once, connections of all are added up")
  void inSync() {
    var agreed = BalancerWords.agreement(State.Agreed);
    var status = build(Balancers.replicated(3), agreed, agreed, agreed);

    assertThat(reasons(status))
        .contains("QuorumHealthy=True/Quorum", "TableReplicated=True/InSync");
    assertThat(message(status, "TableReplicated"))
        .isEqualTo("game-stb-1 leads game-stb-0, game-stb-1, game-stb-2");
    assertThat(status.leader()).isEqualTo("game-stb-1");
    assertThat(status.clusterId()).isEqualTo("g1");
    assertThat(status.entries()).isEqualTo(10);
    assertThat(status.groups().getFirst())
        .satisfies(group -> {
          assertThat(group.keys()).isEqualTo(4);
          assertThat(group.connections()).isEqualTo(6);
          assertThat(group.votes()).isEqualTo("3/3");
        });
  }

  @Test
  @DisplayName("a pod that was made to decide alone is no lost majority when several are wanted")
  void madeAlone() {
    var three = Balancers.replicated(3);
    var word = BalancerWords.saying(0, "Active", "Active");
    var status =
        BalancerStatusBuilder.build(
            facts(three, List.of(pod(0, true, LIVE, word)), new PodSet(1, false, false)));

    assertThat(reasons(status))
        .contains("QuorumHealthy=True/SingleReplica", "TableReplicated=False/SingleReplica");
  }

  @Test
  @DisplayName("a replica that is behind, or away, leaves a quorum that is not in sync")
  void outOfSync() {
    var agreed = BalancerWords.agreement(State.Agreed);
    var behind =
        build(Balancers.replicated(3), agreed, agreed, BalancerWords.agreement(State.OutOfContact));
    assertThat(reasons(behind))
        .contains("QuorumHealthy=True/Quorum", "TableReplicated=False/OutOfSync");
    assertThat(message(behind, "TableReplicated"))
        .isEqualTo("game-stb-2: OutOfContact, as the test says");

    var away = build(Balancers.replicated(3), agreed, agreed);
    assertThat(reasons(away))
        .contains("QuorumHealthy=True/Quorum", "TableReplicated=False/ReplicasMissing");
  }

  @Test
  @DisplayName("without a majority there is no quorum; when all come up empty the data is lost")
  void noQuorum() {
    var alone = BalancerWords.agreement(State.OutOfContact);
    var cut = build(Balancers.replicated(3), alone, alone);
    assertThat(reasons(cut))
        .contains("QuorumHealthy=False/NoMajority", "TableReplicated=False/NoMajority");

    var agreed = BalancerWords.agreement(State.Agreed);
    var before =
        Balancers.with(
            Balancers.replicated(3), build(Balancers.replicated(3), agreed, agreed, agreed));
    var empty = new Agreement(State.Failed, null, null, List.of(), 0, "as the test says");
    var lost = build(before, empty, empty, empty);
    assertThat(reasons(lost))
        .contains("QuorumHealthy=False/DataLost", "DataLost=True/AllReplicasEmpty");
    assertThat(message(lost, "DataLost")).endsWith("with empty disks");
    assertThat(lost.clusterId()).isEqualTo("g1");
  }

  @Test
  @DisplayName("when no pod answers the state of groups is unknown since then, and keys are kept")
  void blind() {
    var first = build(one, BalancerWords.saying(0, "Active", "Active"));
    var lost = new PodView.Link.Lost(NOW.minusSeconds(30), "nothing was heard for 12 s");
    var second =
        BalancerStatusBuilder.build(
            facts(Balancers.with(one, first), List.of(pod(0, true, lost, null))));

    assertThat(reasons(second))
        .contains("Ready=Unknown/NoAnswer", "QuorumHealthy=Unknown/NoAnswer");
    assertThat(second.activeGroups()).isNull();
    assertThat(second.entries()).isEqualTo(10);
    assertThat(second.groups())
        .allSatisfy(group -> assertThat(group.effective()).isEqualTo("Unknown"));

    var blink = new PodView.Link.Lost(NOW.minusSeconds(1), "the stream ended");
    var same =
        BalancerStatusBuilder.build(
            facts(Balancers.with(one, first), List.of(pod(0, true, blink, null))));
    assertThat(StatusComparison.isSame(first, same)).isTrue();
  }

  @Test
  @DisplayName("pods that have no table yet say nothing of groups, and what is known is kept")
  void withoutTable() {
    var three = Balancers.replicated(3);
    var joining = BalancerWords.knowingNothing(0, BalancerWords.agreement(State.Joining));
    var start = build(three, joining);
    assertThat(start.activeGroups()).isNull();
    assertThat(start.entries()).isNull();

    var agreed = BalancerWords.agreement(State.Agreed);
    var before = Balancers.with(three, build(three, agreed, agreed, agreed));
    var again = build(before, joining, joining, joining);
    assertThat(again.activeGroups()).isNull();
    assertThat(again.entries()).isEqualTo(10);
    assertThat(again.groups())
        .extracting(group -> group.name() + " " + group.effective() + " " + group.keys())
        .containsExactly("blue Unknown 4", "green Unknown 6");

    var behind = build(before, joining, BalancerWords.saying(1, ALONE, agreed));
    assertThat(behind.activeGroups()).isEqualTo("2/2");
  }

  private static StickyBalancerStatus build(StickyBalancer balancer, Agreement... standings) {
    return build(
        balancer,
        IntStream.range(0, standings.length)
            .mapToObj(i -> BalancerWords.saying(i, ALONE, standings[i]))
            .toArray(StickyBalancerReport[]::new));
  }

  private static StickyBalancerStatus build(
      StickyBalancer balancer, StickyBalancerReport... words) {
    return BalancerStatusBuilder.build(
        facts(
            balancer,
            IntStream.range(0, words.length).mapToObj(i -> pod(i, true, LIVE, words[i])).toList()));
  }

  private static Facts<StickyBalancer, StickyBalancerReport> facts(
      StickyBalancer balancer, List<PodFact<StickyBalancerReport>> pods) {
    return facts(balancer, pods, null);
  }

  private static Facts<StickyBalancer, StickyBalancerReport> facts(
      StickyBalancer balancer, List<PodFact<StickyBalancerReport>> pods, @Nullable PodSet set) {
    return new Facts<>(
        balancer,
        new BalancerWorkload(balancer),
        NOW,
        false,
        List.of(),
        List.of(),
        pods,
        set,
        service());
  }

  private static PodFact<StickyBalancerReport> pod(
      int ordinal, boolean ready, PodView.Link link, StickyBalancerReport word) {
    var name = "game-stb-" + ordinal;
    var view = new PodView<>(new PodAddress(name, "uid-" + ordinal, "192.0.2.9", 2340), link, word);
    return new PodFact<>(name, ordinal, ready, false, null, null, view);
  }

  private static Service service() {
    return new ServiceBuilder()
        .withNewSpec()
        .withClusterIPs("10.96.0.12")
        .addNewPort()
        .withPort(5280)
        .endPort()
        .addNewPort()
        .withPort(5281)
        .endPort()
        .endSpec()
        .build();
  }

  private static List<String> reasons(StickyBalancerStatus status) {
    return status.conditions().stream()
        .map(c -> "%s=%s/%s".formatted(c.getType(), c.getStatus(), c.getReason()))
        .toList();
  }

  private static String message(StickyBalancerStatus status, String type) {
    return Conditions.find(status.conditions(), type).orElseThrow().getMessage();
  }
}
