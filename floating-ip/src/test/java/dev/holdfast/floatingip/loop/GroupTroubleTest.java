package dev.holdfast.floatingip.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.RateLimit;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionType;
import dev.holdfast.floatingip.loop.GroupStatus.Placement;
import dev.holdfast.health.BackendHealth;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.Health;
import dev.holdfast.health.Warning;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a group does while the provider, the token or the leadership is missing. */
class GroupTroubleTest {
  private static final Outcome.Moved MOVED = new Outcome.Moved(false);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  @DisplayName("a poll that does not end is given up, and what it says later is not taken")
  void hangingPoll() {
    var rig = Rig.of(1);
    rig.on(new GroupEvent.LeadershipChanged(true));
    var lost = rig.poll();

    rig.pass(Duration.ofSeconds(25));
    assertThat(rig.status().condition(ConditionType.ProviderReachable).reason())
        .isEqualTo("NoAnswer");
    rig.on(new GroupEvent.PollSucceeded(lost, rig.snapshot(rig.now), null));
    assertThat(rig.status().servers()).isEmpty();
    rig.pass(Duration.ofSeconds(5));
    assertThat(rig.polls()).isTrue();
  }

  @Test
  @DisplayName("a floating IP that an older group selects is left to it, and holds back no other")
  void yields() {
    var rig = Rig.converged(2);
    rig.ips.put(3L, Rig.ip(3, 41L));
    rig.policy = oneMoveAMinute();
    rig.pass(Rig.INTERVAL);
    rig.answerPoll();
    rig.on(new GroupEvent.Yielded(Set.of(1L)));

    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).containsExactly(new Move(3, 41L, 42));
    assertThat(rig.status().floatingIps().getFirst().reason()).isEqualTo("OwnedByOlderGroup");
    assertThat(rig.status().condition(ConditionType.PlanConverged).reason())
        .isEqualTo("OwnedByOlderGroup");

    rig.pass(Duration.ofMinutes(1));
    assertThat(rig.begun()).isEmpty();
    rig.on(new GroupEvent.Yielded(Set.of()));
    assertThat(rig.begun()).containsExactly(new Move(1, 41L, 42));
  }

  @Test
  @DisplayName("a move that is under way writes no more when an older group turns up")
  void yieldsUnderWay() {
    var rig = Rig.converged(2);
    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).containsExactly(new Move(1, 41L, 42));

    rig.on(new GroupEvent.Yielded(Set.of(1L)));
    assertThat(rig.effects).contains(new GroupEffect.RevokeMove(1));
  }

  private static GroupPolicy oneMoveAMinute() {
    var policy = Rig.policy(ApplyPolicy.Mode.Apply, null);
    return new GroupPolicy(
        policy.budget(),
        policy.pollTimeout(),
        policy.planner(),
        policy.rebalance(),
        new ApplyPolicy(ApplyPolicy.Mode.Apply, false, 1, null),
        policy.parallelism());
  }

  @Test
  @DisplayName("who begins to lead reads first; who ceases to lead revokes what is under way")
  void leadership() {
    var rig = Rig.converged(2);
    rig.health(41, Health.Unhealthy);
    var move = rig.begun().getFirst();

    rig.on(new GroupEvent.LeadershipChanged(false));
    assertThat(rig.effects).contains(new GroupEffect.RevokeMove(1));
    rig.end(move, new Outcome.Stopped(true));
    assertThat(rig.effects).isEmpty();
    rig.pass(Duration.ofHours(1));
    assertThat(rig.effects).isEmpty();

    rig.on(new GroupEvent.LeadershipChanged(true));
    assertThat(rig.polls()).isTrue();
    assertThat(rig.begun()).isEmpty();
    rig.pass(SECOND);
    rig.answerPoll();
    assertThat(rig.status().leads()).isTrue();
  }

  @Test
  @DisplayName(
      "while the provider is away polls back off; people hear of it once, and of its return")
  void away() {
    var rig = Rig.converged(2);
    rig.pass(Rig.INTERVAL);
    var polls = 0;
    for (int i = 0; i < 3600; i++) {
      if (rig.polls()) {
        polls++;
        rig.failPoll(new ApiFailure.Unreachable("no connection"));
      }
      rig.pass(SECOND);
    }
    assertThat(polls).isBetween(55, 70);
    assertThat(rig.notices(GroupNotice.ProviderAway.class)).hasSize(1);
    assertThat(rig.status().condition(ConditionType.Ready).reason()).isEqualTo("Unreachable");

    while (!rig.polls()) {
      rig.pass(SECOND);
    }
    rig.answerPoll();
    assertThat(rig.notices(GroupNotice.ProviderBack.class)).hasSize(1);
    assertThat(rig.status().condition(ConditionType.Ready).status())
        .isEqualTo(ConditionStatus.True);
  }

  @Test
  @DisplayName("while the token is refused nothing is moved; with another one all begins anew")
  void refusedToken() {
    var rig = Rig.converged(2);
    rig.pass(Rig.INTERVAL);
    rig.failPoll(new ApiFailure.Unauthorized("unable to authenticate"));
    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).isEmpty();
    assertThat(rig.status().floatingIps().getFirst())
        .extracting("state", "reason")
        .containsExactly(Placement.Pending, "TokenRefused");

    rig.on(new GroupEvent.PolicyApplied(true));
    rig.answerPoll();
    assertThat(rig.begun()).hasSize(1);
  }

  @Test
  @DisplayName("a token that may not write is a condition until a write succeeds")
  void readOnlyToken() {
    var rig = Rig.converged(2);
    rig.health(41, Health.Unhealthy);
    var move = rig.begun().getFirst();
    var refused = new Outcome.Cause.Call(new ApiFailure.ReadOnlyToken("read-only"));

    rig.end(move, new Outcome.Failed(refused, false));
    assertThat(rig.status().condition(ConditionType.CredentialsValid).reason())
        .isEqualTo("ReadOnlyToken");
    rig.answerPoll();
    rig.pass(Duration.ofSeconds(5));
    rig.end(rig.begun().getFirst(), MOVED);
    assertThat(rig.status().condition(ConditionType.CredentialsValid).status())
        .isEqualTo(ConditionStatus.True);
  }

  @Test
  @DisplayName("the reserve of calls is for failovers: polls and other moves leave it")
  void reserve() {
    var rig = Rig.of(2);
    rig.ips.put(9L, Rig.ip(9, null));
    rig.rateLimit = new RateLimit(3600, 61, rig.now.plus(Duration.ofHours(1)), rig.now);
    rig.on(new GroupEvent.LeadershipChanged(true));
    rig.answerPoll();
    rig.health(41, Health.Healthy);
    rig.health(42, Health.Healthy);
    assertThat(rig.begun()).isEmpty();
    assertThat(rig.status().floatingIps().getLast().reason()).isEqualTo("CallsReserved");

    rig.health(41, Health.Unhealthy);
    assertThat(rig.begun()).extracting(Move::floatingIp).containsExactly(1L);
  }

  @Test
  @DisplayName("L24 a certificate that ends soon is told of, and once more when it is urgent")
  void certificate() {
    var rig = Rig.converged(2);
    warn(rig, Warning.Level.Warning);
    warn(rig, Warning.Level.Warning);
    warn(rig, Warning.Level.Critical);

    assertThat(rig.notices(GroupNotice.CertificateExpiring.class))
        .extracting(GroupNotice.CertificateExpiring::critical)
        .containsExactly(false, true);
    assertThat(rig.status().condition(ConditionType.CertificatesValid).reason())
        .isEqualTo("CertificateExpiresVerySoon");
    assertThat(rig.status().condition(ConditionType.Ready).status())
        .isEqualTo(ConditionStatus.True);
    rig.health(41, Health.Healthy);
    assertThat(rig.status().condition(ConditionType.CertificatesValid).status())
        .isEqualTo(ConditionStatus.True);
  }

  private static void warn(Rig rig, Warning.Level level) {
    var warning = new Warning(level, "its certificate ends soon");
    var state = new CheckState(Health.Healthy, 1, 0, null, warning);
    rig.on(new GroupEvent.HealthObserved(41, new BackendHealth(Map.of("web__ipv4", state))));
  }
}
