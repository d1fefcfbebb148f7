package dev.holdfast.dataplane.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.metrics.PrometheusReader;
import dev.holdfast.dataplane.metrics.PrometheusText;
import dev.holdfast.dataplane.runtime.SampleBackend;
import dev.holdfast.dataplane.runtime.SampleClient;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AgreedStickDeciderTest {
  private final SampleBackend blue = SampleBackend.start("blue");
  private final SampleBackend green = SampleBackend.start("green");

  @AfterEach
  void stop() {
    blue.close();
    green.close();
  }

  private List<BalancedGroup> groups(int port, GroupState ofBlue) {
    return List.of(
        BalancerRig.group(1, ofBlue, List.of(port), blue),
        BalancerRig.group(2, GroupState.Active, List.of(port), green));
  }

  private SharedTableRig rig() {
    return new SharedTableRig(port -> groups(port, GroupState.Active)).startAll();
  }

  private static StickKey key(int host) {
    return StickKey.of(new InetSocketAddress("127.0.0." + host, 0).getAddress(), 32);
  }

  @Test
  @DisplayName("S15 A client gets one group on all replicas, also when it comes to all at once")
  void oneGroup() throws Exception {
    try (var rig = rig()) {
      for (int host = 10; host < 30; host++) {
        var from = host;
        var reached =
            SharedTableRig.NAMES.stream()
                .map(name ->
                    CompletableFuture.supplyAsync(() -> {
                      try {
                        return SampleClient.reached(from, rig.port(name));
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }))
                .toList();
        var seen = new HashSet<String>();
        for (var one : reached) {
          seen.add(one.get(10, TimeUnit.SECONDS));
        }
        assertThat(seen).hasSize(1).isSubsetOf("blue", "green");
      }
      for (var name : SharedTableRig.NAMES) {
        SharedTableRig.await(
            "20 entries at " + name, () -> rig.status(name).entries().count() == 20);
        assertThat(rig.group(name, 1).keys()).isEqualTo(10);
      }
    }
  }

  @Test
  @DisplayName("All replicas tell who leads, who the members are, and that they agree")
  void status() {
    try (var rig = rig()) {
      for (var name : SharedTableRig.NAMES) {
        SharedTableRig.await(
            name + " agrees",
            () ->
                rig.agreement(name).state() == Agreement.State.Agreed
                    && rig.group.leader().equals(rig.agreement(name).leader())
                    && rig.agreement(name).members().equals(SharedTableRig.NAMES));
      }
      var text = new PrometheusText();
      rig.service(rig.group.leader()).collect(text);
      assertThat(
              PrometheusReader.read(text.toString()).entrySet().stream()
                  .filter(sample -> sample.getKey().name().equals("holdfast_agreement_leads"))
                  .map(Map.Entry::getValue))
          .containsExactly(1.0);
    }
  }

  @Test
  @DisplayName("S9 A state that one replica is told moves keys on all, and cuts what they had")
  void disabledByOne() throws Exception {
    try (var rig = rig()) {
      assertThat(rig.reached(2, "p1")).isEqualTo("blue");
      try (var open = new SampleClient(2, rig.port("p2"))) {
        assertThat(open.line()).isEqualTo("blue");
        rig.service("p3")
            .wish(new StickCommand.Change(1, GroupState.Disabled))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
        assertThat(open.lineOrReset()).isNull();
      }
      for (var name : SharedTableRig.NAMES) {
        assertThat(rig.reached(2, name)).isEqualTo("green");
        assertThat(rig.group(name, 1).effective()).isEqualTo("Disabled");
        assertThat(rig.group(name, 1).cause()).isEqualTo("Runtime");
      }
    }
  }

  @Test
  @DisplayName("A replica that reads its log from the start tells of no state that is over")
  void readsItsLog() throws Exception {
    try (var rig = rig()) {
      for (var state : new GroupState[] {GroupState.Draining, null}) {
        rig.service("p3")
            .wish(new StickCommand.Change(1, state))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
      }
      SharedTableRig.await("active", () -> rig.group("p3", 1).effective().equals("Active"));
      rig.group.stopLog("p3", "planted");
      SharedTableRig.await("gone", () -> rig.status("p3").groups().isEmpty());
      var told = new CopyOnWriteArrayList<String>();
      try (var _ =
          rig.hear("p3", report -> report.groups().forEach(g -> told.add(g.effective())))) {
        rig.group.openLogAgain("p3");
        SharedTableRig.await("ready", () -> rig.service("p3").ready() && !told.isEmpty());
      }
      assertThat(told).containsOnly("Active");
    }
  }

  @Test
  @DisplayName("S9 A group that drains keeps its clients at each replica and takes no new ones")
  void draining() throws Exception {
    try (var rig = rig()) {
      assertThat(rig.reached(2, "p1")).isEqualTo("blue");
      SharedTableRig.NAMES.forEach(
          name -> rig.configure(name, port -> groups(port, GroupState.Draining)));
      SharedTableRig.NAMES.forEach(name ->
          SharedTableRig.await(
              "draining", () -> rig.group(name, 1).effective().equals("Draining")));
      for (int host = 3; host < 8; host++) {
        assertThat(rig.reached(host, "p2")).isEqualTo("green");
      }
      assertThat(rig.reached(2, "p3")).isEqualTo("blue");
    }
  }

  @Test
  @DisplayName("A connection at one replica holds its key everywhere; its end is told")
  void held() throws Exception {
    try (var rig = rig();
        var open = new SampleClient(2, rig.port("p3"))) {
      assertThat(open.line()).isEqualTo("blue");
      SharedTableRig.await("held", () -> rig.status("p1").entries().held() == 1);
      open.close();
      SharedTableRig.await("released", () -> rig.status("p1").entries().held() == 0);
    }
  }

  @Test
  @DisplayName(
      "S26 A key that is forgotten at one replica is cut at another before it is given anew")
  void removed() throws Exception {
    try (var rig = rig();
        var open = new SampleClient(2, rig.port("p2"))) {
      assertThat(open.line()).isEqualTo("blue");
      var known =
          rig.service("p3")
              .wish(new StickCommand.Remove(key(2)))
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      assertThat(known).isTrue();
      assertThat(open.lineOrReset()).isNull();
      assertThat(rig.reached(2, "p1")).isIn("blue", "green");
    }
  }

  @Test
  @DisplayName("A replica that is cut off serves nobody when its lease is over; the others go on")
  void cutOff() throws Exception {
    try (var rig = rig();
        var open = new SampleClient(2, rig.port("p3"))) {
      assertThat(open.line()).isEqualTo("blue");
      rig.group.cut("p3");
      assertThat(open.lineOrReset()).isNull();
      SharedTableRig.await("not ready", () -> !rig.service("p3").ready());
      assertThat(SampleClient.reached(2, rig.port("p3"))).isEqualTo("null");
      var counted = "{reason=\"no_lease\",resource=\"default/games\"} 1";
      SharedTableRig.await("counted", () -> rig.metrics("p3").contains(counted));
      assertThat(rig.reached(2, "p1")).isEqualTo("blue");
      assertThat(rig.reached(3, "p2")).isEqualTo("green");
      rig.group.heal("p3");
      assertThat(rig.reached(3, "p3")).isEqualTo("green");
    }
  }

  @Test
  @DisplayName("When the leader ends, another one goes on, and no key has another group")
  void leaderEnds() {
    try (var rig = rig()) {
      var first = rig.reached(2, "p1");
      var other = rig.reached(3, "p2");
      var before = rig.group.leader();
      rig.stop(before);
      var left = SharedTableRig.NAMES.stream().filter(name -> !name.equals(before)).toList();
      assertThat(rig.reached(2, left.getFirst())).isEqualTo(first);
      assertThat(rig.reached(3, left.getLast())).isEqualTo(other);
      assertThat(rig.reached(4, left.getLast())).isIn("blue", "green");
      SharedTableRig.await(
          "another leads", () -> left.contains(rig.agreement(left.getLast()).leader()));
    }
  }

  @Test
  @DisplayName("A check counts when a majority of the replicas finds it failed; one alone is shown")
  void votes() throws Exception {
    try (var dead = SampleBackend.start("dead");
        var rig = new SharedTableRig(port -> checked(port, blue)).startAll()) {
      dead.stopListening();
      rig.configure("p2", port -> checked(port, dead));
      var leader = rig.group.leader();
      SharedTableRig.await("2/3", () -> "2/3".equals(rig.group(leader, 1).votes()));
      assertThat(rig.group(leader, 1).effective()).isEqualTo("Active");
      rig.configure("p3", port -> checked(port, dead));
      SharedTableRig.await("lost", () -> rig.group("p1", 1).effective().equals("Disabled"));
      assertThat(rig.group("p1", 1).cause()).isEqualTo("Check/up");
      assertThat(rig.group(leader, 1).votes()).isEqualTo("2/3");
    }
  }

  private List<BalancedGroup> checked(int port, SampleBackend ofBlue) {
    var group = BalancerRig.group(1, GroupState.Active, List.of(port), ofBlue);
    return List.of(
        BalancerRig.checked(group, "up", GroupState.Disabled),
        BalancerRig.group(2, GroupState.Active, List.of(port), green));
  }
}
