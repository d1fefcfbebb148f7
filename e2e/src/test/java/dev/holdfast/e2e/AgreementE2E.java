package dev.holdfast.e2e;

import static dev.holdfast.e2e.TestNamespace.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnCluster.class)
class AgreementE2E {

  @Test
  @DisplayName("three pods have one primary, whichever of them is deleted, killed or cut off")
  void leader(TestNamespace namespace) {
    var node = Node.ofThisCluster();
    var proxy = AgreedProxy.start(namespace, AgreedProxy.manifest("agreed", 3));
    proxy.awaitAgreed(3);
    assertShown(namespace, proxy);
    var traffic = List.of(proxy.through(0), proxy.through(1), proxy.through(2));
    var start = Instant.now();
    var epoch = proxy.epoch();
    var primary = proxy.primary();

    deleted(namespace, proxy, traffic);
    killed(node, proxy, traffic);
    assertThat(proxy.epoch()).isEqualTo(epoch);
    Evidence.since(start, traffic).assertOnly(primary);

    cutOff(namespace, node, proxy, traffic);
  }

  private static void assertShown(TestNamespace namespace, AgreedProxy proxy) {
    var shown = namespace.kubectl().run("get", "fop", "-o", "wide").lines().toList();
    assertThat(shown.getFirst()).contains("EPOCH", "LEADER", "AGREED");
    assertThat(shown.getLast().split(" +"))
        .contains("agreed", "True", proxy.primary(), proxy.pod(proxy.leader()))
        .contains(Long.toString(proxy.epoch()));
  }

  /** Its clients are cut when the drain ends; those of the others notice nothing. */
  private static void deleted(TestNamespace namespace, AgreedProxy proxy, List<Traffic> traffic) {
    var leader = proxy.leader();
    var before = Instant.now();
    proxy.deletePods(leader);
    proxy.awaitLeaderOtherThan(leader);
    proxy.awaitAgreed(3);
    Measurements.add(
        "leader's pod deleted, until three agree again", Duration.between(before, Instant.now()));
    assertOthersLostNothing(traffic, leader, before);
    traffic.get(leader).awaitAnswer(proxy.primary(), before, 60);
    traffic.get(leader).awaitEcho(Instant.now(), 60);
  }

  private static void killed(Node node, AgreedProxy proxy, List<Traffic> traffic) {
    var leader = proxy.leader();
    var before = Instant.now();
    node.killDataPlane(proxy.pod(leader));
    traffic.get(leader).awaitBreak(before, 60);
    proxy.awaitLeaderOtherThan(leader);
    proxy.awaitAgreed(3);
    assertOthersLostNothing(traffic, leader, before);
    traffic.get(leader).awaitAnswer(proxy.primary(), Instant.now(), 60);
  }

  /**
   * The leader is cut off, and the primary dies: the others take the next one, when those who used
   * the leader are cut from the old one.
   */
  private static void cutOff(
      TestNamespace namespace, Node node, AgreedProxy proxy, List<Traffic> traffic) {
    var leader = proxy.leader();
    var address = namespace.dataPlanePod(proxy.name(), leader).getStatus().getPodIP();
    var first = proxy.primary();
    var second = proxy.otherThan(first);
    var primary = namespace.client().pods().inNamespace(namespace.name()).withName(first).get();
    var epoch = proxy.epoch();
    var before = Instant.now();
    try (var _ = node.cutFromPeers(address)) {
      // Silent, so that only who agrees with the others stops using it.
      try (var _ = node.silence(primary.getStatus().getPodIP())) {
        others(traffic, leader).forEach(clients -> clients.awaitAnswer(second, before, 120));
        Measurements.add(
            "leader cut off and primary silent, until the others' clients are answered",
            Duration.between(before, Instant.now()));
        within(120).until(() -> !AgreedProxy.isReady(namespace.dataPlanePod(proxy.name(), leader)));
        within(120)
            .untilAsserted(() ->
                assertThat(proxy.condition("Agreed"))
                    .startsWith("False/Disagreement")
                    .contains(proxy.pod(leader)));
        assertThat(proxy.epoch()).isGreaterThan(epoch);
      }
      // The old primary is back, and within the leader's reach.
      var back = Instant.now();
      others(traffic, leader).forEach(clients -> clients.awaitAnswer(second, back, 60));
      assertThat(proxy.primary()).isEqualTo(second);
    }
    proxy.awaitAgreed(3);
    traffic.get(leader).awaitAnswer(second, Instant.now(), 60);
    Evidence.since(before, traffic).assertOneAfterTheOther(first, second);
  }

  private static List<Traffic> others(List<Traffic> traffic, int leader) {
    var others = new ArrayList<>(traffic);
    others.remove(leader);
    return others;
  }

  private static void assertOthersLostNothing(List<Traffic> traffic, int leader, Instant since) {
    others(traffic, leader).forEach(clients -> clients.assertNothingLost(since));
  }
}
