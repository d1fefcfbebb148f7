package dev.holdfast.dataplane.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.dataplane.admin.StickControl.Entry;
import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.config.GroupCheck;
import dev.holdfast.dataplane.config.HealthCheck;
import dev.holdfast.dataplane.config.NoGroupPolicy;
import dev.holdfast.dataplane.runtime.SampleBackend;
import dev.holdfast.dataplane.runtime.SampleClient;
import dev.holdfast.dataplane.state.TableStore;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.Stickiness;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BalancerServiceTest {
  private final SampleBackend blue = SampleBackend.start("blue");
  private final SampleBackend blueToo = SampleBackend.start("blue-too");
  private final SampleBackend green = SampleBackend.start("green");
  private final SampleBackend greenToo = SampleBackend.start("green-too");
  private final List<Integer> ports = BalancerRig.freePorts();

  @AfterEach
  void stop() {
    List.of(blue, blueToo, green, greenToo).forEach(SampleBackend::close);
  }

  private BalancedGroup blue(GroupState state) {
    return BalancerRig.group(1, state, ports, blue, blueToo);
  }

  private BalancedGroup green(GroupState state) {
    return BalancerRig.group(2, state, ports, green, greenToo);
  }

  private BalancerRig rig() {
    return new BalancerRig(
            ports, TableStore.none(), blue(GroupState.Active), green(GroupState.Active))
        .open();
  }

  private static StickKey key(int host) {
    return StickKey.of(new InetSocketAddress("127.0.0." + host, 0).getAddress(), 32);
  }

  @Test
  @DisplayName("S20 A client reaches its group on each port and each time, others the other group")
  void sticky() throws Exception {
    try (var rig = rig()) {
      for (int round = 0; round < 3; round++) {
        assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("blue");
        assertThat(SampleClient.reached(2, ports.get(1))).isEqualTo("blue-too");
        assertThat(SampleClient.reached(3, ports.get(1))).isEqualTo("green-too");
        assertThat(SampleClient.reached(3, ports.get(0))).isEqualTo("green");
      }
      rig.await(status -> status.entries().count() == 2);
    }
  }

  @Test
  @DisplayName("S15 Clients of one key that come at the same moment on all ports get one group")
  void together() throws Exception {
    try (var rig = rig()) {
      for (int host = 10; host < 30; host++) {
        var from = host;
        var reached =
            List.of(0, 1, 0, 1, 0, 1).stream()
                .map(port ->
                    CompletableFuture.supplyAsync(() -> {
                      try {
                        return SampleClient.reached(from, ports.get(port));
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }))
                .toList();
        var groups = new HashSet<String>();
        for (var one : reached) {
          groups.add(one.get(10, TimeUnit.SECONDS).replace("-too", ""));
        }
        assertThat(groups).hasSize(1).isSubsetOf("blue", "green");
      }
      rig.await(status -> status.entries().count() == 20);
    }
  }

  @Test
  @DisplayName("S9 Draining keeps known clients and connections, and takes no new keys")
  void draining() throws Exception {
    try (var rig = rig();
        var open = new SampleClient(2, ports.get(0))) {
      assertThat(open.line()).isEqualTo("blue");
      rig.configure(blue(GroupState.Draining), green(GroupState.Active));
      rig.awaitState(1, GroupState.Draining);
      for (int host = 3; host < 8; host++) {
        assertThat(SampleClient.reached(host, ports.get(0))).isEqualTo("green");
      }
      assertThat(SampleClient.reached(2, ports.get(1))).isEqualTo("blue-too");
      assertThat(open.echo("still here")).isEqualTo("still here");
      assertThat(rig.group(1).cause()).isEqualTo("Spec");
      rig.await(_ -> rig.group(1).keys() == 1 && rig.group(1).lastKeyEnds() == null);
      open.close();
      rig.await(_ -> rig.group(1).lastKeyEnds() != null);
    }
  }

  @Test
  @DisplayName("S9 Disabled cuts a group's connections; its clients are sent to another group")
  void disabled() throws Exception {
    try (var rig = rig();
        var cut = new SampleClient(2, ports.get(0))) {
      assertThat(cut.line()).isEqualTo("blue");
      try (var stays = new SampleClient(3, ports.get(0))) {
        assertThat(stays.line()).isEqualTo("green");
        rig.configure(blue(GroupState.Disabled), green(GroupState.Active));
        assertThat(cut.lineOrReset()).isNull();
        assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("green");
        assertThat(SampleClient.reached(2, ports.get(1))).isEqualTo("green-too");
        assertThat(stays.echo("still here")).isEqualTo("still here");
      }
      rig.configure(blue(GroupState.Active), green(GroupState.Active));
      rig.awaitState(1, GroupState.Active);
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("green");
    }
  }

  @Test
  @DisplayName("S12 A check that fails on one server acts on the whole group, and heals again")
  void checks() throws Exception {
    var checked = BalancerRig.checked(blue(GroupState.Active), "up", GroupState.Disabled);
    try (var rig =
        new BalancerRig(ports, TableStore.none(), checked, green(GroupState.Active)).open()) {
      rig.awaitState(1, GroupState.Active);
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("blue");
      var port = blueToo.port();
      blueToo.stopListening();
      rig.awaitState(1, GroupState.Disabled);
      assertThat(rig.group(1).cause()).isEqualTo("Check/up");
      assertThat(rig.group(1).checks().getFirst().reason())
          .contains(":" + port)
          .contains("refused");
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("green");
      try (var back = SampleBackend.start("blue-too", port)) {
        rig.awaitState(1, GroupState.Active);
        assertThat(back.port()).isEqualTo(port);
      }
    }
  }

  @Test
  @DisplayName("S11 S12 Of two failing checks the stricter acts; one with onFail Ignore never does")
  void strictest() {
    blueToo.stopListening();
    var ignored = BalancerRig.checked(blue(GroupState.Active), "note", GroupState.Active);
    var both =
        BalancerRig.checked(
            BalancerRig.checked(ignored, "app", GroupState.Draining), "up", GroupState.Disabled);
    try (var rig = new BalancerRig(ports, TableStore.none(), both, green(GroupState.Active))) {
      rig.awaitState(1, GroupState.Disabled);
      assertThat(rig.group(1).cause()).isEqualTo("Check/up");
      rig.configure(ignored, green(GroupState.Active));
      rig.awaitState(1, GroupState.Active);
      rig.await(_ -> rig.group(1).checks().getFirst().health().name().equals("Unhealthy"));
      assertThat(rig.group(1).effective()).isEqualTo("Active");
    }
  }

  @Test
  @DisplayName(
      "S21 A check that a known group gets has to fail before it counts; a new one's first")
  void addedCheck() {
    try (var rig = rig()) {
      rig.configure(unanswered(blue(GroupState.Active)), green(GroupState.Active));
      rig.await(_ -> !rig.group(1).checks().isEmpty());
      assertThat(rig.group(1).checks().getFirst().health()).isEqualTo(Health.Unknown);
      assertThat(rig.group(1).effective()).as("it took clients before").isEqualTo("Active");

      var third = BalancerRig.group(3, GroupState.Active, ports, blue, blueToo);
      rig.configure(unanswered(blue(GroupState.Active)), unanswered(third));
      rig.await(status ->
          status.groups().stream()
              .anyMatch(group -> group.id() == 3 && group.cause().equals("Unknown")));
      assertThat(rig.group(3).effective()).isEqualTo("Draining");
      assertThat(rig.group(1).effective()).isEqualTo("Active");

      var moved = BalancerRig.group(1, GroupState.Active, ports, green, greenToo);
      rig.configure(unanswered(moved), unanswered(third));
      rig.await(_ -> rig.group(1).cause().equals("Unknown"));
    }
  }

  /** With a check that waits for a word that never comes. */
  private static BalancedGroup unanswered(BalancedGroup group) {
    var hour = Duration.ofHours(1);
    var settings = new CheckSettings(new Schedule(hour, hour), hour, new Thresholds(1, 1));
    var never = new HealthCheck("never", new CheckKind.SendExpect("", "never", false), settings);
    return new BalancedGroup(
        group.policy(), group.byListenPort(), List.of(new GroupCheck(never, GroupState.Disabled)));
  }

  @Test
  @DisplayName("S16 A server that reports itself unwell takes its group's new keys away")
  void selfReport() throws Exception {
    try (var rig = rig()) {
      rig.apply(new StickCommand.Report(1, new SelfReport(GroupState.Draining, 600, "disk full")));
      rig.awaitState(1, GroupState.Draining);
      assertThat(rig.group(1).cause()).isEqualTo("Reported");
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("green");
      assertThat(SampleClient.reached(3, ports.get(0))).isEqualTo("green");
    }
  }

  @Test
  @DisplayName("An entry that is deleted loses its connections, and its client is new")
  void removed() throws Exception {
    try (var rig = rig();
        var client = new SampleClient(2, ports.get(0))) {
      assertThat(client.line()).isEqualTo("blue");
      rig.configure(blue(GroupState.Draining), green(GroupState.Active));
      rig.apply(new StickCommand.Remove(key(2)));
      assertThat(client.lineOrReset()).isNull();
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("green");
    }
  }

  @Test
  @DisplayName("S25 People see and change groups and keys while it runs")
  void control() throws Exception {
    try (var rig = rig();
        var client = new SampleClient(2, ports.get(0))) {
      assertThat(client.line()).isEqualTo("blue");
      assertThat(SampleClient.reached(3, ports.get(0))).isEqualTo("green");
      var control = new BalancerControl(rig.service());
      rig.await(status -> status.entries().held() == 1);

      var all = get(control.entries(null, 0, 1));
      assertThat(all.entries()).hasSize(1);
      assertThat(get(control.entries(null, all.next(), 10)).next()).isNull();
      assertThat(get(control.entries(2, 0, 10)).entries())
          .extracting(Entry::key)
          .containsExactly("127.0.0.3");
      var known = get(control.entry(key(2))).entries().getFirst();
      assertThat(known.connected()).isTrue();
      assertThat(known.ends()).isNull();

      var drained = get(control.change(1, GroupState.Draining)).orElseThrow();
      assertThat(drained.effective()).isEqualTo("Draining");
      assertThat(drained.cause()).isEqualTo("Runtime");
      assertThat(drained.wanted()).as("as somebody said since").isEqualTo("Draining");
      var back = get(control.change(1, null)).orElseThrow();
      assertThat(List.of(back.effective(), back.wanted(), back.cause()))
          .containsExactly("Active", "Active", "Spec");
      var report = control.report(2, GroupState.Disabled, Duration.ofMinutes(1), "disk full");
      assertThat(get(report).orElseThrow().cause()).isEqualTo("Reported");
      var well = control.report(2, GroupState.Disabled, Duration.ZERO, "");
      assertThat(get(well).orElseThrow().effective()).isEqualTo("Active");
      assertThat(get(control.change(9, null))).isEmpty();

      assertThat(get(control.remove(key(2)))).isTrue();
      assertThat(get(control.remove(key(2)))).isFalse();
      assertThat(client.lineOrReset()).isNull();
    }
  }

  private static <T> T get(CompletionStage<T> answer) throws Exception {
    return answer.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("A full table takes no new key while each has a connection; then the idle one goes")
  void full() throws Exception {
    try (var rig = rig()) {
      var config = rig.config();
      rig.configure(withRoom(config, 1));
      try (var holder = new SampleClient(2, ports.get(0))) {
        assertThat(holder.line()).isEqualTo("blue");
        rig.await(status -> status.entries().held() == 1);
        assertThat(SampleClient.reached(3, ports.get(0))).isEqualTo("null");
        rig.await(status -> status.entries().refused() == 1);
      }
      rig.await(status -> status.entries().held() == 0);
      assertThat(SampleClient.reached(3, ports.get(0))).isIn("blue", "green");
      assertThat(rig.status().entries().evicted()).isEqualTo(1);
    }
  }

  private static BalancerConfig withRoom(BalancerConfig config, int entries) {
    return new BalancerConfig(
        config.key(),
        config.version(),
        config.groups(),
        new Stickiness(32, 128, null, Duration.ofMinutes(30), entries),
        config.balance(),
        config.whileNoGroup(),
        config.health(),
        config.relay(),
        config.connectTimeout(),
        config.drainTimeout(),
        config.alone(),
        null);
  }

  private static BalancerConfig with(BalancerConfig config, NoGroupPolicy policy) {
    return new BalancerConfig(
        config.key(),
        config.version(),
        config.groups(),
        config.stickiness(),
        config.balance(),
        policy,
        config.health(),
        config.relay(),
        config.connectTimeout(),
        config.drainTimeout(),
        config.alone(),
        null);
  }

  @Test
  @DisplayName("While no group takes it, a client is closed, refused or held, as is configured")
  void whileNoGroup() throws Exception {
    try (var rig = rig()) {
      rig.configure(blue(GroupState.Disabled), green(GroupState.Disabled));
      rig.awaitState(2, GroupState.Disabled);
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("null");
      rig.configure(with(rig.config(), NoGroupPolicy.Refuse));
      rig.await(status -> listeners(rig, Listener.State.Closed));
      rig.configure(with(rig.config(), NoGroupPolicy.Hold));
      rig.await(status -> listeners(rig, Listener.State.Open));
      try (var held = new SampleClient(2, ports.get(0))) {
        rig.await(status -> status.connections().held() == 1);
        rig.configure(blue(GroupState.Active), green(GroupState.Disabled));
        assertThat(held.line()).isEqualTo("blue");
      }
    }
  }

  private static boolean listeners(BalancerRig rig, Listener.State state) {
    return rig.status().listeners().stream().allMatch(listener -> listener.state() == state);
  }

  @Test
  @DisplayName("S21 A port that is taken is reported, and the others work; groups come and go")
  void takenPort() throws Exception {
    try (var taken = new ServerSocket(ports.get(1), 1, InetAddress.getByName("127.0.0.1"));
        var rig = rig()) {
      assertThat(taken.isBound()).isTrue();
      rig.await(status -> status.listeners().get(1).state() == Listener.State.Failed);
      assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("blue");
      try (var open = new SampleClient(2, ports.get(0))) {
        assertThat(open.line()).isEqualTo("blue");
        rig.configure(blue(GroupState.Active));
        assertThat(SampleClient.reached(3, ports.get(0))).isEqualTo("blue");
        assertThat(open.echo("still here")).isEqualTo("still here");
        rig.configure(green(GroupState.Active));
        assertThat(open.lineOrReset()).isNull();
        assertThat(SampleClient.reached(2, ports.get(0))).isEqualTo("green");
      }
    }
  }
}
