package dev.holdfast.floatingip.hetzner.assign;

import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent.Accepted;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent.ActionRead;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent.CallFailed;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent.IpRead;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent.NotAllowed;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent.Probed;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent.RunningActionRead;
import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import dev.holdfast.floatingip.hetzner.assign.Phase.Owner;
import dev.holdfast.floatingip.hetzner.assign.Phase.Purpose;
import dev.holdfast.floatingip.hetzner.assign.Phase.Verifying;
import dev.holdfast.floatingip.hetzner.model.Action;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Moves one floating IP: read it, assign it, wait for the action, read it again, probe through it.
 *
 * <ul>
 *   <li>A write is asked for only when the last read found the IP where it is expected.
 *   <li>A write without an answer is not repeated before the IP was read again.
 *   <li>Every path ends: at the deadline the IP is read once more, and what it says counts.
 * </ul>
 */
public final class Assignment {

  private Assignment() {}

  public static Step begin(Move move, AssignmentPolicy policy, Instant now) {
    return AssignmentState.begin(move, policy, now).read(Purpose.Begin, Pauses.NONE);
  }

  /**
   * @param event what became of the effect that came with this state
   * @throws IllegalArgumentException when it is not an answer to that effect
   */
  public static Step on(AssignmentState state, AssignmentEvent event, Instant now) {
    return switch (event) {
      case NotAllowed() -> new Step.End(new Outcome.Stopped(state.written()));
      case Probed(var answered) -> probed(state, answered, now);
      case IpRead(var ip) -> Reads.of(state, ip, now);
      case CallFailed(var failure) -> inTime(Failures.of(state, failure), state, now);
      case Accepted(var action) -> inTime(accepted(state.maybeWritten(), action), state, now);
      case ActionRead(var action) -> inTime(actionRead(state, action), state, now);
      case RunningActionRead(var action) -> inTime(runningRead(state, action), state, now);
    };
  }

  /** At the deadline everything but the end gives way to the last read. */
  private static Step inTime(Step step, AssignmentState before, Instant now) {
    if (!(step instanceof Step.Next next)) {
      return step;
    }
    if (now.isBefore(before.deadline())) {
      return next.within(Duration.between(now, before.deadline()));
    }
    return next.state().written()
        ? next.state().read(Purpose.TimeUp, Pauses.NONE)
        : next.state().fail(next.state().last());
  }

  private static Step accepted(AssignmentState state, Action action) {
    var owner =
        switch (state.phase()) {
          case Phase.Assigning() -> Owner.OurAssign;
          case Phase.Unassigning() -> Owner.OurUnassign;
          case Phase.Reading _, Phase.LookingForAction _, Phase.AwaitingAction _, Verifying _ ->
              throw unexpected(state, "an accepted write");
        };
    return judged(state, action, owner, 0);
  }

  private static Step actionRead(AssignmentState state, @Nullable Action action) {
    if (!(state.phase() instanceof Phase.AwaitingAction(_, var owner, var reads))) {
      throw unexpected(state, "an action");
    }
    return action == null
        ? state.read(Purpose.Doubt, Pauses.NONE)
        : judged(state, action, owner, reads + 1);
  }

  private static Step judged(AssignmentState state, Action action, Owner owner, int reads) {
    return switch (action.status()) {
      case Running -> state.await(action.id(), owner, reads, Pauses.beforeRead(reads));
      case Success -> succeeded(state, owner);
      case Error -> failed(state, action, owner);
    };
  }

  private static Step succeeded(AssignmentState state, Owner owner) {
    return switch (owner) {
      case OurAssign -> state.read(Purpose.Confirm, Pauses.NONE);
      case OurUnassign -> state.unassigned().assign();
      case Somebody -> state.read(Purpose.Doubt, Pauses.NONE);
    };
  }

  private static Step failed(AssignmentState state, Action action, Owner owner) {
    if (owner == Owner.Somebody) {
      return state.read(Purpose.Doubt, Pauses.NONE);
    }
    var because = state.because(new Cause.ActionFailed(action.errorCode(), action.errorMessage()));
    return action.errorCode().equals("locked")
        ? because.lookForAction(Pauses.afterWrite(state.writes()))
        : because.read(Purpose.ActionFailed, Pauses.NONE);
  }

  private static Step runningRead(AssignmentState state, @Nullable Action action) {
    if (!(state.phase() instanceof Phase.LookingForAction())) {
      throw unexpected(state, "a running action");
    }
    return action == null
        ? state.read(Purpose.Doubt, Pauses.afterWrite(state.writes()))
        : state.await(action.id(), Owner.Somebody, 0, Pauses.beforeRead(0));
  }

  private static Step probed(AssignmentState state, boolean answered, Instant now) {
    if (!(state.phase() instanceof Verifying(var address, var until))) {
      throw unexpected(state, "a probe");
    }
    if (answered) {
      return new Step.End(new Outcome.Moved(true));
    }
    return now.isBefore(until)
        ? new Step.Next(state, new AssignmentEffect.Probe(address), Pauses.BETWEEN_PROBES)
        : new Step.End(new Outcome.Silent());
  }

  static IllegalArgumentException unexpected(AssignmentState state, String found) {
    return new IllegalArgumentException(
        "expected the answer to " + state.phase() + ", found " + found);
  }
}
