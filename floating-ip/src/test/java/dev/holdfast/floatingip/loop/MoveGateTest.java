package dev.holdfast.floatingip.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import dev.holdfast.floatingip.loop.ApplyPolicy.Mode;
import dev.holdfast.floatingip.loop.MoveGate.Admission;
import dev.holdfast.floatingip.loop.MoveGate.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MoveGateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Outcome FAILED = new Outcome.Failed(new Cause.TimedOut(), false);
  private static final Move ONE = new Move(1, 41L, 42);
  private static final Move TWO = new Move(2, 41L, 43);
  private static final Move THREE = new Move(3, null, 43);
  private static final List<Move> ALL = List.of(ONE, TWO, THREE);

  private MoveHistory history = MoveHistory.empty();

  @Test
  @DisplayName("in mode Apply every move of a plan is made at once")
  void apply() {
    assertThat(admit(policy(Mode.Apply), NOW)).isEqualTo(new Admission(ALL, List.of(), null));
  }

  @Test
  @DisplayName("L40 in mode Plan, and while paused, nothing is moved")
  void readOnly() {
    assertHeld(admit(policy(Mode.Plan), NOW), HoldReason.PlanOnly);
    assertHeld(admit(new ApplyPolicy(Mode.Apply, true, 0, null), NOW), HoldReason.Paused);
  }

  @Test
  @DisplayName("in mode Approve only the plan that was approved is applied")
  void approve() {
    assertHeld(admit(policy(Mode.Approve), NOW), HoldReason.AwaitingApproval);
    assertHeld(
        admit(new ApplyPolicy(Mode.Approve, false, 0, "other"), NOW), HoldReason.AwaitingApproval);
    assertThat(admit(new ApplyPolicy(Mode.Approve, false, 0, "plan"), NOW).moves()).isEqualTo(ALL);
  }

  @Test
  @DisplayName("a move that failed waits ever longer, and holds back no other")
  void backsOff() {
    history = history.end(1, FAILED, NOW);
    assertThat(admit(policy(Mode.Apply), NOW))
        .isEqualTo(
            new Admission(
                List.of(TWO, THREE),
                List.of(new Held(ONE, HoldReason.BackingOff)),
                NOW.plusSeconds(5)));
    assertThat(admit(policy(Mode.Apply), NOW.plusSeconds(5)).moves()).isEqualTo(ALL);

    history = history.end(1, FAILED, NOW);
    assertThat(admit(policy(Mode.Apply), NOW).again()).isEqualTo(NOW.plusSeconds(10));
    for (int i = 0; i < 50; i++) {
      history = history.end(1, FAILED, NOW);
    }
    assertThat(admit(policy(Mode.Apply), NOW).again()).isEqualTo(NOW.plus(Duration.ofMinutes(15)));

    history = history.end(1, new Outcome.Moved(true), NOW);
    assertThat(admit(policy(Mode.Apply), NOW).moves()).isEqualTo(ALL);
  }

  @Test
  @DisplayName("an IP that somebody else moves is left alone for a while, and said to be contested")
  void contested() {
    history = history.end(2, new Outcome.ForeignWriter(7L), NOW);

    assertThat(admit(policy(Mode.Apply), NOW.plusSeconds(59)).held())
        .containsExactly(new Held(TWO, HoldReason.Contested));
    assertThat(admit(policy(Mode.Apply), NOW.plusSeconds(60)).held()).isEmpty();
  }

  @Test
  @DisplayName("what was stopped is not a failure")
  void stopped() {
    assertThat(history.end(1, new Outcome.Stopped(true), NOW)).isEqualTo(history);
  }

  @Test
  @DisplayName("no more moves begin within any minute than allowed, the first ones first")
  void moveLimit() {
    var two = new ApplyPolicy(Mode.Apply, false, 2, null);
    assertThat(admit(two, NOW))
        .isEqualTo(
            new Admission(
                List.of(ONE, TWO),
                List.of(new Held(THREE, HoldReason.MoveLimit)),
                NOW.plusSeconds(60)));

    history = history.begin(1, NOW).begin(1, NOW.plusSeconds(20));
    assertHeld(admit(two, NOW.plusSeconds(59)), HoldReason.MoveLimit);
    assertThat(admit(two, NOW.plusSeconds(59)).again()).isEqualTo(NOW.plusSeconds(60));
    assertThat(admit(two, NOW.plusSeconds(60)).moves()).containsExactly(ONE);
    assertThat(admit(two, NOW.plusSeconds(80)).moves()).containsExactly(ONE, TWO);
  }

  private Admission admit(ApplyPolicy policy, Instant now) {
    return MoveGate.admit("plan", ALL, policy, history, now);
  }

  private static ApplyPolicy policy(Mode mode) {
    return new ApplyPolicy(mode, false, 0, null);
  }

  private static void assertHeld(Admission admission, HoldReason reason) {
    assertThat(admission.moves()).isEmpty();
    assertThat(admission.held()).extracting(Held::reason).containsOnly(reason).hasSize(3);
  }
}
