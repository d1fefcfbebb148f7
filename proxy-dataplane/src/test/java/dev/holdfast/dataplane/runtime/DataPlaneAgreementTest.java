package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.failover.SwitchAnswer.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DataPlaneAgreementTest {
  private static final String FAST_CHECK =
      "checks: [{name: up, tcp: {}, interval: 1s, timeout: 1s, fastInterval: 100ms, fall: 2}]\n";

  private final SampleBackend a = SampleBackend.start("a");
  private final SampleBackend b = SampleBackend.start("b");
  private final AgreedRig rig = new AgreedRig();

  @AfterEach
  void stop() {
    rig.close();
    a.close();
    b.close();
  }

  @Test
  @DisplayName("Three replicas agree on a primary and its epoch, and each takes its clients to it")
  void agree() {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    for (var name : List.of("p1", "p2", "p3")) {
      var agreement = rig.status(name).agreement();
      assertThat(agreement.state()).isEqualTo(Agreement.State.Agreed);
      assertThat(agreement.leader()).isEqualTo("p1");
      assertThat(agreement.members()).containsExactly("p1", "p2", "p3");
      assertThat(agreement.group()).isEqualTo("memory");
      assertThat(rig.status(name).primary().epoch()).isEqualTo(agreement.epoch());
      assertThat(rig.epoch(name)).isEqualTo(rig.epoch("p1"));
      assertThat(rig.plane(name).ready()).isTrue();
    }
  }

  @Test
  @DisplayName("A client's failed connect makes all try, and all take their clients to the next")
  void failover() throws Exception {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    var before = rig.epoch("p1");
    try (var connected = new SampleClient(rig.port("p3"))) {
      assertThat(connected.line()).isEqualTo("a");
      a.stopListening();
      // the one that meets the failure is held until there is another primary
      assertThat(SampleClient.reached(rig.port("p2"))).isEqualTo("b");
      assertThat(connected.lineOrReset()).as("a connection to the old primary").isNull();
    }
    rig.awaitAllReach("b");
    assertThat(rig.epoch("p3")).isGreaterThan(before).isEqualTo(rig.epoch("p1"));
    assertThat(rig.status("p3").lastFailover().from()).isEqualTo("a");
  }

  @Test
  @DisplayName("What was found out long ago does not make void what is found out now")
  void failoverLater() throws Exception {
    rig.startAll(Rig.backends(a, b) + "selection: {connectTimeout: 100ms}\n");
    rig.awaitAllReach("a");
    // three times as long as a try may take, which is 1.1 s
    Awaitility.await().pollDelay(Duration.ofMillis(3_500)).until(() -> true);
    a.stopListening();
    assertThat(SampleClient.reached(rig.port("p2"))).isEqualTo("b");
    rig.awaitAllReach("b");
  }

  @Test
  @DisplayName("Checks alone make the replicas leave a primary")
  void checked() {
    rig.startAll(Rig.backends(a, b) + FAST_CHECK);
    rig.awaitAllReach("a");
    a.close();
    AgreedRig.await("b is primary", () -> rig.primary("p3").equals("b"));
    rig.awaitAllReach("b");
  }

  @Test
  @DisplayName("A better backend takes over again once a majority reached it for long enough")
  void failback() throws Exception {
    rig.startAll(
        Rig.backends(a, b)
            + "selection: {connectTimeout: 200ms, failback: {policy: AfterStable, stableFor:"
            + " 1s}}\n");
    rig.awaitAllReach("a");
    var port = a.port();
    a.stopListening();
    assertThat(SampleClient.reached(rig.port("p2"))).isEqualTo("b");
    try (var again = SampleBackend.start("a", port)) {
      rig.awaitAllReach("a");
      assertThat(rig.status("p3").lastFailover().reason()).isEqualTo(Reason.Failback);
      assertThat(rig.status("p3").lastFailover().from()).isEqualTo("b");
    }
  }

  @Test
  @DisplayName("A replica that is cut off stops serving and is not ready; the others go on")
  void cutOff() throws Exception {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    var epoch = rig.epoch("p2");
    try (var lonely = new SampleClient(rig.port("p3"));
        var other = new SampleClient(rig.port("p2"))) {
      assertThat(lonely.line()).isEqualTo("a");
      assertThat(other.line()).isEqualTo("a");
      rig.group.cut("p3");
      assertThat(lonely.lineOrReset()).isNull();
      AgreedRig.await(
          "p3 is closed", () -> rig.status("p3").listener().state() == Listener.State.Closed);
      AgreedRig.await("p3 is not ready", () -> !rig.plane("p3").ready());
      AgreedRig.await(
          "p3 says so", () -> rig.status("p3").agreement().state() == Agreement.State.OutOfContact);
      assertThat(other.echo("still here")).isEqualTo("still here");
      rig.group.heal("p3");
      rig.awaitReached("p3", "a");
      assertThat(other.echo("and now")).isEqualTo("and now");
    }
    assertThat(rig.epoch("p3")).isEqualTo(epoch);
  }

  @Test
  @DisplayName("Who comes to a replica without a lease is counted as turned away for want of it")
  void turnedAway() throws Exception {
    rig.whileNoPrimary("Close");
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    assertThat(rig.turnedAwayWithoutLease("p3")).isZero();
    rig.group.cut("p3");
    AgreedRig.await("p3 is not ready", () -> !rig.plane("p3").ready());
    try (var client = new SampleClient(rig.port("p3"))) {
      assertThat(client.lineOrReset()).isNull();
    }
    AgreedRig.await("it is counted", () -> rig.turnedAwayWithoutLease("p3") == 1);
    assertThat(rig.turnedAwayWithoutLease("p2")).isZero();
  }

  @Test
  @DisplayName(
      "A leader whose log stops cuts its clients, says why, and serves again when it is back")
  void logStopped() throws Exception {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    var epoch = rig.epoch("p1");
    try (var client = new SampleClient(rig.port("p1"));
        var other = new SampleClient(rig.port("p2"))) {
      assertThat(client.line()).isEqualTo("a");
      assertThat(other.line()).isEqualTo("a");
      rig.group.stopLog("p1", "no room on its disk");
      assertThat(client.lineOrReset()).isNull();
      AgreedRig.await("p1 is not ready", () -> !rig.plane("p1").ready());
      AgreedRig.await(
          "p1 says why",
          () -> "no room on its disk".equals(rig.status("p1").agreement().message()));
      assertThat(rig.status("p1").agreement().state()).isEqualTo(Agreement.State.Joining);
      assertThat(other.echo("still here")).isEqualTo("still here");
      rig.group.openLogAgain("p1");
      rig.awaitReached("p1", "a");
      assertThat(other.echo("and now")).isEqualTo("and now");
    }
    assertThat(rig.epoch("p1")).isEqualTo(epoch);
    assertThat(rig.plane("p1").ready()).isTrue();
  }

  @Test
  @DisplayName("When the leader is gone, the others go on in the same epoch")
  void leaderGone() throws Exception {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    var epoch = rig.epoch("p2");
    try (var client = new SampleClient(rig.port("p2"))) {
      assertThat(client.line()).isEqualTo("a");
      rig.stop("p1");
      AgreedRig.await("p2 leads", () -> "p2".equals(rig.status("p3").agreement().leader()));
      assertThat(client.echo("still here")).isEqualTo("still here");
      rig.awaitAllReach("a");
      assertThat(client.echo("and now")).isEqualTo("and now");
    }
    assertThat(rig.epoch("p3")).isEqualTo(epoch);
  }

  @Test
  @DisplayName("A minority serves nobody")
  void minority() {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    rig.stop("p1");
    rig.stop("p2");
    AgreedRig.await(
        "p3 is closed", () -> rig.status("p3").listener().state() == Listener.State.Closed);
    AgreedRig.await("p3 is not ready", () -> !rig.plane("p3").ready());
  }

  @Test
  @DisplayName("Replicas that all start again go on with the primary and its epoch")
  void restart() {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    a.stopListening();
    AgreedRig.await(
        "b is primary",
        () -> {
          SampleClient.reached(rig.port("p1"));
          return rig.primary("p1").equals("b");
        });
    var epoch = rig.status("p1").primary().epoch();
    List.of("p1", "p2", "p3").forEach(rig::stop);
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("b");
    assertThat(rig.status("p2").primary().epoch()).isEqualTo(epoch);
  }

  @Test
  @DisplayName("Hooks run in one replica, once for an epoch, and are told of it")
  void hooks(@TempDir Path directory) throws Exception {
    var told = directory.resolve("told");
    var script = directory.resolve("hook");
    Files.writeString(
        script, "#!/bin/sh\necho $HOLDFAST_TRIGGER $HOLDFAST_BACKEND $HOLDFAST_EPOCH >>" + told);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    var hook =
        "hooks: [{name: h, when: [Initial, Failover], exec: {command: [%s]}}]\n".formatted(script);
    rig.startAll(Rig.backends(a, b) + hook);
    rig.awaitAllReach("a");
    var first = rig.epoch("p1");
    assertThat(Files.readAllLines(told)).containsExactly("Initial a " + first);

    a.stopListening();
    assertThat(SampleClient.reached(rig.port("p2"))).isEqualTo("b");
    rig.awaitAllReach("b");
    assertThat(Files.readAllLines(told))
        .containsExactly("Initial a " + first, "Failover b " + rig.epoch("p1"));
  }

  @Test
  @DisplayName("A replica that alone does not reach the primary is not ready and admits nobody")
  void alone() throws Exception {
    var closed = SampleBackend.start("closed");
    closed.close();
    rig.start("p1", Rig.backends(a) + FAST_CHECK);
    rig.start("p2", Rig.backends(a) + FAST_CHECK);
    rig.start("p3", Rig.backends(closed) + FAST_CHECK);
    rig.awaitReached("p1", "a");
    rig.awaitReached("p2", "a");
    AgreedRig.await(
        "p3 says so",
        () -> rig.status("p3").agreement().state() == Agreement.State.CannotReachPrimary);
    assertThat(rig.plane("p3").ready()).isFalse();
    AgreedRig.await(
        "p3 is closed", () -> rig.status("p3").listener().state() == Listener.State.Closed);
    assertThat(rig.status("p3").backends().getFirst().health()).isEqualTo(Health.Unhealthy);
    assertThat(rig.plane("p1").ready()).isTrue();
  }

  @Test
  @DisplayName("A switch that is asked of any replica is made in all, in a new epoch")
  void switched() throws Exception {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    var epoch = rig.epoch("p1");
    var answer = ask("p3", "b");
    assertThat(answer).isInstanceOf(SwitchAnswer.Admitted.class);
    assertThat(((SwitchAnswer.Admitted) answer).epoch()).isGreaterThan(epoch);
    rig.awaitAllReach("b");
    assertThat(rig.status("p2").lastFailover().reason()).isEqualTo(Reason.Switchover);
  }

  @Test
  @DisplayName("A switch to what no majority reaches is not made, and the primary stays")
  void notSwitched() throws Exception {
    b.close();
    rig.startAll(Rig.backends(a, b) + "selection: {connectTimeout: 100ms}\n");
    rig.awaitAllReach("a");
    var epoch = rig.epoch("p1");
    assertThat(ask("p1", "b"))
        .isInstanceOfSatisfying(
            SwitchAnswer.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.Unreachable));
    assertThat(ask("p1", "nobody"))
        .isInstanceOfSatisfying(
            SwitchAnswer.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UnknownBackend));
    assertThat(ask("p2", "a")).isEqualTo(new SwitchAnswer.Admitted(epoch));
    rig.awaitAllReach("a");
    assertThat(rig.epoch("p1")).isEqualTo(epoch);
  }

  @Test
  @DisplayName("A switch is made by the next leader when the one that was told of it is gone")
  void switchedByTheNext() throws Exception {
    var port = b.port();
    b.close();
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    var answer = asked("p3", "b");
    rig.group.cut("p1");
    AgreedRig.await("p2 leads", () -> "p2".equals(rig.status("p3").agreement().leader()));
    try (var again = SampleBackend.start("b", port)) {
      assertThat(answer.get(60, TimeUnit.SECONDS)).isInstanceOf(SwitchAnswer.Admitted.class);
      rig.awaitReached("p2", "b");
      assertThat(rig.status("p2").lastFailover().reason()).isEqualTo(Reason.Switchover);
    }
  }

  private SwitchAnswer ask(String replica, String backend) throws Exception {
    return asked(replica, backend).get(60, TimeUnit.SECONDS);
  }

  private CompletableFuture<SwitchAnswer> asked(String replica, String backend) {
    return rig.plane(replica)
        .switchPrimary("default", "db", new SwitchRequested(backend, false))
        .orElseThrow()
        .toCompletableFuture();
  }

  @Test
  @DisplayName("A change that takes agreement or this replica away is refused, and it goes on")
  void refusedChange() {
    rig.startAll(Rig.backends(a, b));
    rig.awaitAllReach("a");
    assertThat(rig.apply("p1", Rig.backends(a)).toString()).contains("restart it");
    var others = AgreedRig.AGREEMENT.replace("name: p1", "name: px");
    assertThat(rig.apply("p1", others + Rig.backends(a)).toString()).contains("--instance");
    assertThat(rig.apply("p1", AgreedRig.AGREEMENT + Rig.backends(a, b))).isEmpty();
    rig.awaitReached("p1", "a");
  }

  @Test
  @DisplayName("Without what agreement needs, the resource is refused, and what is missing named")
  void refused() {
    try (var lone = new Rig()) {
      var spec =
          Rig.backends(a)
              + """
              agreement: {mode: Raft}
              connections: {onPrimaryChange: {policy: Sever}}
              peers: [{name: test, host: h, port: 1}, {name: q, host: h, port: 1}, {name: r, host: h, port: 1}]
              """;
      assertThat(lone.apply(spec).toString()).contains("--tls-dir", "--state-dir");
      assertThat(lone.apply(Rig.backends(a) + "agreement: {mode: Raft}\n").toString())
          .contains("spec.peers");
    }
  }
}
