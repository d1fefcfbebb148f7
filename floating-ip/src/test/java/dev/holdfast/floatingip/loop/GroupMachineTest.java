package dev.holdfast.floatingip.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionType;
import dev.holdfast.floatingip.loop.GroupStatus.Placement;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupMachineTest {
  private static final Outcome.Moved MOVED = new Outcome.Moved(false);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  @DisplayName("L17 the cloud is read at once and then every interval, one poll at a time")
  void polls() {
    var rig = Rig.of(1);
    assertThat(rig.effects).isEmpty();

    rig.on(new GroupEvent.LeadershipChanged(true));
    assertThat(rig.polls()).isTrue();
    rig.pass(SECOND);
    assertThat(rig.polls()).isFalse();
    rig.answerPoll();
    rig.pass(Rig.INTERVAL.minus(SECOND.multipliedBy(2)));
    assertThat(rig.polls()).isFalse();
    rig.pass(SECOND);
    assertThat(rig.polls()).isTrue();
  }

  @Test
  @DisplayName("L19 who comes or goes is told, but not of the first poll, nor a mere update")
  void members() {
    var rig = Rig.converged(2);
    assertThat(rig.notices(GroupNotice.MembersChanged.class)).isEmpty();

    rig.servers.put(42L, Rig.server(42, "renamed"));
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();
    assertThat(rig.notices(GroupNotice.MembersChanged.class)).isEmpty();

    rig.servers.remove(41L);
    rig.ips.put(9L, Rig.ip(9, null));
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();
    var changes = rig.notices(GroupNotice.MembersChanged.class).getFirst().changes();
    assertThat(changes.servers().removed()).extracting("name").containsExactly("lb-1");
    assertThat(changes.floatingIps().added()).extracting("name").containsExactly("ip-9");
  }

  @Test
  @DisplayName("L20 a server that changed is unknown again, and its checks begin anew")
  void updated() {
    var rig = Rig.converged(2);
    rig.servers.put(42L, Rig.server(42, "renamed"));
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();

    var follow = Rig.told(rig.effects, GroupEffect.FollowServers.class).findFirst().orElseThrow();
    assertThat(follow.servers()).hasSize(2);
    assertThat(follow.anew()).containsExactly(42L);
    assertThat(rig.status().condition(ConditionType.HealthKnown).message()).endsWith("renamed");
    assertThat(rig.begun()).isEmpty();
  }

  @Test
  @DisplayName("L25 a server is healthy only once all its checks have reported")
  void allReported() {
    var rig = Rig.of(2);
    rig.ips.put(1L, Rig.ip(1, null));
    rig.on(new GroupEvent.LeadershipChanged(true));
    rig.answerPoll();
    rig.health(42, Health.Healthy);

    rig.health(41, Map.of("web__ipv4", Health.Healthy, "web__ipv6", Health.Unknown));
    assertThat(rig.begun()).isEmpty();
    assertThat(rig.status().condition(ConditionType.HealthKnown).status())
        .isEqualTo(ConditionStatus.False);
    rig.health(41, Map.of("web__ipv4", Health.Healthy, "web__ipv6", Health.Healthy));
    assertThat(rig.begun()).containsExactly(new Move(1, null, 41));
  }

  @Test
  @DisplayName("L20 a server to which no check applies is healthy")
  void noChecks() {
    var rig = Rig.of(1);
    rig.ips.put(1L, Rig.ip(1, null));
    rig.on(new GroupEvent.LeadershipChanged(true));
    rig.answerPoll();

    rig.health(41, Map.of());

    assertThat(rig.begun()).containsExactly(new Move(1, null, 41));
  }

  @Test
  @DisplayName("L26 people hear of unhealthy servers and why, and of those that are healthy again")
  void healthNotices() {
    var rig = Rig.converged(2);
    assertThat(rig.notices(GroupNotice.ServerHealthyAgain.class)).isEmpty();

    rig.health(41, Health.Unhealthy);
    var unhealthy = rig.notices(GroupNotice.ServerUnhealthy.class).getFirst();
    assertThat(unhealthy.failing()).containsExactly("check web__ipv4: connect refused");
    assertThat(GroupNotice.unhealthy(unhealthy.servers())).isEqualTo(1);
    rig.pass(SECOND.multipliedBy(7));
    rig.health(41, Health.Healthy);
    assertThat(rig.notices(GroupNotice.ServerHealthyAgain.class).getFirst().unhealthyFor())
        .isEqualTo(SECOND.multipliedBy(7));
  }

  @Test
  @DisplayName("L27 a change of health makes a plan at once, and the same health makes none")
  void plansOnChange() {
    var rig = Rig.converged(3);
    assertThat(rig.notices(GroupNotice.PlanMade.class)).isEmpty();

    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).containsExactly(new Move(1, 41L, 42));
    var sequence = rig.notices(GroupNotice.PlanMade.class).getFirst().sequence();
    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).isEmpty();
    assertThat(rig.notices(GroupNotice.PlanMade.class)).hasSize(1);
    assertThat(rig.status().plan().orElseThrow().sequence()).isEqualTo(sequence);
  }

  @Test
  @DisplayName("L27 an unknown server delays what can wait, and no failover")
  void unknownDelays() {
    var rig = Rig.converged(3);
    rig.servers.put(43L, Rig.server(43, "renamed"));
    rig.ips.put(9L, Rig.ip(9, null));
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();
    assertThat(rig.begun()).isEmpty();
    assertThat(rig.status().floatingIps().getLast().reason()).isEqualTo("HealthUnknown");

    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).extracting(Move::floatingIp).containsExactly(1L);
    rig.health(43, Health.Healthy);
    assertThat(rig.begun()).extracting(Move::floatingIp).containsExactly(9L);
  }

  @Test
  @DisplayName("L37 a move that fails stops no other; it is told once and tried again later")
  void failedMove() {
    var rig = Rig.converged(3);
    rig.ips.put(4L, Rig.ip(4, 41L));
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();
    rig.health(41, Health.Unhealthy);
    var moves = rig.begun();
    assertThat(moves).hasSize(2);

    var failed = new Outcome.Failed(new Outcome.Cause.TimedOut(), false);
    rig.end(moves.getFirst(), failed);
    rig.end(moves.getLast(), MOVED);
    rig.answerPoll();
    assertThat(rig.begun()).isEmpty();
    assertThat(rig.status().condition(ConditionType.PlanConverged).reason()).isEqualTo("TimedOut");
    assertThat(rig.status().lastApplied().orElseThrow())
        .extracting("moved", "failed")
        .containsExactly(1, 1);

    rig.pass(Duration.ofSeconds(5));
    assertThat(rig.begun()).containsExactly(moves.getFirst());
    rig.end(moves.getFirst(), failed);
    assertThat(rig.notices(GroupNotice.MoveFailed.class)).hasSize(1);
    rig.pass(Duration.ofSeconds(10));
    rig.end(moves.getFirst(), MOVED);
    assertThat(rig.notices(GroupNotice.PlanApplied.class).getFirst().moved()).isEqualTo(2);
  }

  @Test
  @DisplayName("L39 when moves have ended the cloud is read again, and nothing else is planned")
  void rereads() {
    var rig = Rig.converged(2);
    rig.health(41, Health.Unhealthy);
    rig.end(rig.begun().getFirst(), MOVED);

    assertThat(rig.polls()).isTrue();
    rig.answerPoll();
    assertThat(rig.begun()).isEmpty();
    assertThat(rig.status().inPlace()).isEqualTo(2);
    assertThat(rig.notices(GroupNotice.PlanMade.class)).hasSize(1);
  }

  @Test
  @DisplayName("L39 a poll that began before a move ended does not undo what the move told")
  void stalePoll() {
    var rig = Rig.converged(2);
    rig.pass(Rig.INTERVAL);
    var old = rig.snapshot(rig.now);
    rig.pass(SECOND);
    rig.health(41, Health.Unhealthy);
    var move = rig.begun().getFirst();
    rig.pass(SECOND);
    rig.end(move, MOVED);
    assertThat(rig.polls()).isFalse();

    rig.on(new GroupEvent.PollSucceeded(rig.poll(), old, null));

    assertThat(rig.begun()).isEmpty();
    assertThat(rig.polls()).isTrue();
    assertThat(rig.status().inPlace()).isEqualTo(2);
  }

  @Test
  @DisplayName("an IP that may have been written is read before it is written again")
  void doubt() {
    var rig = Rig.converged(3);
    rig.health(41, Health.Unhealthy);
    var move = rig.begun().getFirst();
    rig.pass(SECOND);

    rig.end(move, new Outcome.Failed(new Outcome.Cause.TimedOut(), true));
    assertThat(rig.polls()).isTrue();
    rig.pass(Duration.ofSeconds(20));
    assertThat(rig.begun()).isEmpty();
    rig.ips.put(1L, Rig.ip(1, move.to()));
    rig.answerPoll();
    assertThat(rig.begun()).isEmpty();
    assertThat(rig.status().inPlace()).isEqualTo(3);
  }

  @Test
  @DisplayName("what somebody else moved is tried again later, from where it is now")
  void foreignWriter() {
    var rig = Rig.converged(3);
    rig.ips.remove(3L);
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();
    rig.health(43, Health.Unhealthy);
    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).containsExactly(new Move(1, 41L, 42));

    rig.ips.put(1L, Rig.ip(1, 43L));
    rig.end(new Move(1, 41L, 42), new Outcome.ForeignWriter(43L));
    rig.answerPoll();
    assertThat(rig.begun()).isEmpty();
    rig.pass(Duration.ofMinutes(1));
    assertThat(rig.begun()).containsExactly(new Move(1, 43L, 42));
  }

  @Test
  @DisplayName("a move is revoked when its new server becomes unhealthy, and another one follows")
  void revoked() {
    var rig = Rig.converged(3);
    rig.health(41, Health.Unhealthy);
    var move = rig.begun().getFirst();

    rig.health(move.to(), Health.Unhealthy);
    assertThat(rig.effects).contains(new GroupEffect.RevokeMove(1));
    rig.end(move, new Outcome.Stopped(false));

    assertThat(rig.begun()).contains(new Move(1, 41L, 43));
  }

  @Test
  @DisplayName("at most so many moves are under way as may be")
  void parallelism() {
    var rig = Rig.converged(2);
    for (long id = 3; id <= 8; id++) {
      rig.ips.put(id, Rig.ip(id, 41L));
    }
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();
    rig.health(41, Health.Unhealthy);
    var first = rig.begun();
    assertThat(first).hasSize(4);

    rig.end(first.getFirst(), MOVED);
    assertThat(rig.begun()).hasSize(1);
    assertThat(rig.notices(GroupNotice.PlanMade.class)).hasSize(1);
  }

  @Test
  @DisplayName("an approved plan is carried out to its end, however many moves it has")
  void approved() {
    var rig = Rig.converged(2);
    for (long id = 3; id <= 8; id++) {
      rig.ips.put(id, Rig.ip(id, 41L));
    }
    rig.policy = Rig.policy(ApplyPolicy.Mode.Approve, null);
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();
    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).isEmpty();

    rig.policy = Rig.policy(ApplyPolicy.Mode.Approve, rig.status().plan().orElseThrow().id());
    rig.on(new GroupEvent.PolicyApplied(false));
    while (!rig.begun().isEmpty()) {
      rig.end(rig.begun().getFirst(), MOVED);
      rig.pass(SECOND);
    }
    rig.state.moves().underWay().values().forEach(one -> rig.end(one.move(), MOVED));
    assertThat(rig.notices(GroupNotice.PlanMade.class)).hasSize(1);
  }

  @Test
  @DisplayName("L30 an IP at a server outside the group is left alone, and nothing is amiss")
  void foreign() {
    var rig = Rig.of(2);
    rig.ips.put(9L, Rig.ip(9, 99L));
    rig.on(new GroupEvent.LeadershipChanged(true));
    rig.answerPoll();
    rig.health(41, Health.Healthy);
    rig.health(42, Health.Healthy);

    assertThat(rig.begun()).isEmpty();
    assertThat(rig.status().floatingIps().getLast())
        .extracting("state", "reason")
        .containsExactly(Placement.LeftAlone, "ForeignServer");
    assertThat(rig.status().condition(ConditionType.PlanConverged).status())
        .isEqualTo(ConditionStatus.True);
  }

  @Test
  @DisplayName("the same events at the same times give the same effects")
  void pure() {
    var one = Rig.converged(3);
    var other = Rig.converged(3);
    for (var rig : List.of(one, other)) {
      rig.health(42, Health.Unhealthy);
      rig.pass(SECOND);
    }
    assertThat(one.all).isEqualTo(other.all);
    assertThat(one.state).isEqualTo(other.state);
  }
}
