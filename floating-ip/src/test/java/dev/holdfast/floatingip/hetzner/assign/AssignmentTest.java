package dev.holdfast.floatingip.hetzner.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.floatingip.hetzner.assign.AssignmentEffect.Assign;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEffect.ReadAction;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEffect.ReadIp;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEffect.ReadRunningAction;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEffect.Unassign;
import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import dev.holdfast.floatingip.hetzner.model.Action;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  private static final AssignmentPolicy POLICY =
      new AssignmentPolicy(Duration.ofSeconds(30), Duration.ofSeconds(10), 3);
  private static final ApiFailure LOCKED = new ApiFailure.Locked("locked");
  private static final ApiFailure NO_ANSWER = new ApiFailure.NoAnswer("no answer");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Step step = Assignment.begin(new Move(7, 1L, 2), POLICY, now);

  @Nested
  class Plain {

    @Test
    @DisplayName("L38 a move waits for its action, reads the IP again and probes through it")
    void moves() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(accepted(running()));
      expect(new ReadAction(9), 500).then(action(running()));
      expect(new ReadAction(9), 1000).then(action(running()));
      expect(new ReadAction(9), 1000).then(action(running()));
      expect(new ReadAction(9), 2000).then(action(success()));
      expect(new ReadIp()).then(ip(2L));
      expect(new AssignmentEffect.Probe("192.0.2.7")).then(new AssignmentEvent.Probed(false));
      expect(new AssignmentEffect.Probe("192.0.2.7"), 500).then(new AssignmentEvent.Probed(true));
      ends(new Outcome.Moved(true));
    }

    @Test
    @DisplayName("without a verification the API's word is enough")
    void unverified() {
      step =
          Assignment.begin(
              new Move(7, 1L, 2),
              new AssignmentPolicy(Duration.ofSeconds(30), Duration.ZERO, 3),
              now);
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(accepted(success()));
      expect(new ReadIp()).then(ip(2L));
      ends(new Outcome.Moved(false));
    }

    @Test
    @DisplayName("an IP that is at its server already is not written")
    void alreadyThere() {
      expect(new ReadIp()).then(ip(2L));
      ends(new Outcome.AlreadyThere());
    }

    @Test
    @DisplayName("an IP that somebody moved since the plan is left alone")
    void foreign() {
      expect(new ReadIp()).then(ip(3L));
      ends(new Outcome.ForeignWriter(3L));
    }

    @Test
    @DisplayName("nothing is written without the permit")
    void notAllowed() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(new AssignmentEvent.NotAllowed());
      ends(new Outcome.Stopped(false));
    }

    @Test
    @DisplayName("a moved IP through which nobody answers is told as silent")
    void silent() {
      moveTo(2L);
      expect(new AssignmentEffect.Probe("192.0.2.7")).then(new AssignmentEvent.Probed(false));
      now = now.plusSeconds(10);
      expect(new AssignmentEffect.Probe("192.0.2.7"), 500).then(new AssignmentEvent.Probed(false));
      ends(new Outcome.Silent());
    }
  }

  @Nested
  class Doubt {

    @Test
    @DisplayName("a write without an answer is not repeated when its action runs")
    void doubtfulWriteRuns() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(failed(NO_ANSWER));
      expect(new ReadRunningAction(), 500).then(new AssignmentEvent.RunningActionRead(running()));
      expect(new ReadAction(9), 500).then(action(success()));
      expect(new ReadIp()).then(ip(2L));
      expect(new AssignmentEffect.Probe("192.0.2.7")).then(new AssignmentEvent.Probed(true));
      ends(new Outcome.Moved(true));
    }

    @Test
    @DisplayName("a write without an answer is repeated only when the IP was read where it was")
    void doubtfulWriteLost() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(failed(new ApiFailure.ServerError(504, "gateway")));
      expect(new ReadRunningAction(), 500).then(new AssignmentEvent.RunningActionRead(null));
      expect(new ReadIp(), 500).then(ip(1L));
      expect(new Assign()).then(accepted(success()));
      expect(new ReadIp()).then(ip(2L));
    }

    @Test
    @DisplayName("a locked IP is waited for, and planned anew when somebody else moved it")
    void locked() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(failed(LOCKED));
      expect(new ReadRunningAction()).then(new AssignmentEvent.RunningActionRead(running()));
      expect(new ReadAction(9), 500).then(action(success()));
      expect(new ReadIp()).then(ip(5L));
      ends(new Outcome.ForeignWriter(5L));
    }

    @Test
    @DisplayName("a lock without an action is tried again a few times, ever more slowly")
    void lockedForEver() {
      expect(new ReadIp()).then(ip(1L));
      for (int i = 0; i < 3; i++) {
        expect(new Assign()).then(failed(LOCKED));
        expect(new ReadRunningAction()).then(new AssignmentEvent.RunningActionRead(null));
        expect(new ReadIp(), 500L << i).then(ip(1L));
      }
      ends(new Outcome.Failed(new Cause.Call(LOCKED), false));
    }

    @Test
    @DisplayName("an action that failed because of a lock waits for the lock")
    void actionLocked() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(accepted(error("locked")));
      expect(new ReadRunningAction(), 500).then(new AssignmentEvent.RunningActionRead(null));
      expect(new ReadIp(), 500).then(ip(1L));
      expect(new Assign());
    }

    @Test
    @DisplayName("an action that failed ends the move, if the IP is where it was")
    void actionFailed() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(accepted(error("action_failed")));
      expect(new ReadIp()).then(ip(1L));
      ends(new Outcome.Failed(new Cause.ActionFailed("action_failed", "why"), true));
    }

    @Test
    @DisplayName("an action that succeeded without effect is told after three reads")
    void noEffect() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(accepted(success()));
      expect(new ReadIp()).then(ip(1L));
      expect(new ReadIp(), 1000).then(ip(1L));
      expect(new ReadIp(), 1000).then(ip(1L));
      ends(new Outcome.Failed(new Cause.NoEffect(), true));
    }

    @Test
    @DisplayName("an IP that must be unassigned first is unassigned and assigned")
    void alreadyAssigned() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(failed(new ApiFailure.AlreadyAssigned("assigned")));
      expect(new ReadIp()).then(ip(1L));
      expect(new Unassign()).then(failed(NO_ANSWER));
      expect(new ReadRunningAction(), 1000).then(new AssignmentEvent.RunningActionRead(null));
      expect(new ReadIp(), 1000).then(ip(null));
      expect(new Assign()).then(accepted(success()));
      expect(new ReadIp()).then(ip(2L));
    }

    @Test
    @DisplayName("an IP that is already assigned to its server is there")
    void alreadyAssignedToIt() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(failed(new ApiFailure.AlreadyAssigned("assigned")));
      expect(new ReadIp()).then(ip(2L));
      ends(new Outcome.AlreadyThere());
    }

    @Test
    @DisplayName("a token that may not write ends the move at once")
    void readOnly() {
      var failure = new ApiFailure.ReadOnlyToken("read only");
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(failed(failure));
      ends(new Outcome.Failed(new Cause.Call(failure), false));
    }
  }

  @Nested
  class Deadline {

    @Test
    @DisplayName("at the deadline the IP is read once more, and what it says counts")
    void lastRead() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(accepted(running()));
      now = now.plusSeconds(30);
      expect(new ReadAction(9), 500).then(action(running()));
      expect(new ReadIp()).then(ip(1L));
      ends(new Outcome.Failed(new Cause.TimedOut(), true));
    }

    @Test
    @DisplayName("an IP that arrived at the deadline is still verified")
    void arrivedLate() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(accepted(running()));
      now = now.plusSeconds(30);
      expect(new ReadAction(9), 500).then(failed(NO_ANSWER));
      expect(new ReadIp()).then(ip(2L));
      expect(new AssignmentEffect.Probe("192.0.2.7"));
    }

    @Test
    @DisplayName(
        "with nothing written the deadline ends the move, with the reason of the last failure")
    void nothingWritten() {
      now = now.plusSeconds(30);
      expect(new ReadIp()).then(failed(NO_ANSWER));
      ends(new Outcome.Failed(new Cause.Call(NO_ANSWER), false));
    }

    @Test
    @DisplayName("no pause goes past the deadline")
    void pausesEnd() {
      expect(new ReadIp()).then(ip(1L));
      expect(new Assign()).then(accepted(running()));
      now = now.plusMillis(29_800);
      expect(new ReadAction(9), 500).then(action(running()));
      expect(new ReadAction(9), 200);
    }
  }

  @Test
  @DisplayName("an event that answers another effect is refused")
  void wrongEvent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expect(new ReadIp()).then(accepted(running())))
        .withMessageContaining("expected the answer to");
  }

  private void moveTo(long server) {
    expect(new ReadIp()).then(ip(1L));
    expect(new Assign()).then(accepted(success()));
    expect(new ReadIp()).then(ip(server));
  }

  private Expected expect(AssignmentEffect effect) {
    return expect(effect, 0);
  }

  private Expected expect(AssignmentEffect effect, long pauseMillis) {
    assertThat(step)
        .isInstanceOfSatisfying(
            Step.Next.class,
            next -> {
              assertThat(next.effect()).isEqualTo(effect);
              assertThat(next.pause()).isEqualTo(Duration.ofMillis(pauseMillis));
            });
    return event -> step = Assignment.on(((Step.Next) step).state(), event, now);
  }

  private void ends(Outcome outcome) {
    assertThat(step).isEqualTo(new Step.End(outcome));
  }

  private interface Expected {
    void then(AssignmentEvent event);
  }

  private static AssignmentEvent ip(@Nullable Long server) {
    return new AssignmentEvent.IpRead(
        new FloatingIp(
            7, "ip", "192.0.2.7", new Location(1, "fsn1", "eu-central"), server, Map.of()));
  }

  private static AssignmentEvent accepted(Action action) {
    return new AssignmentEvent.Accepted(action);
  }

  private static AssignmentEvent action(Action action) {
    return new AssignmentEvent.ActionRead(action);
  }

  private static AssignmentEvent failed(ApiFailure failure) {
    return new AssignmentEvent.CallFailed(failure);
  }

  private static Action running() {
    return new Action(9, "assign_floating_ip", Action.Status.Running, "", "");
  }

  private static Action success() {
    return new Action(9, "assign_floating_ip", Action.Status.Success, "", "");
  }

  private static Action error(String code) {
    return new Action(9, "assign_floating_ip", Action.Status.Error, code, "why");
  }
}
