package dev.holdfast.floatingip.hetzner.assign;

import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import dev.holdfast.floatingip.hetzner.assign.Phase.AwaitingAction;
import dev.holdfast.floatingip.hetzner.assign.Phase.Owner;
import dev.holdfast.floatingip.hetzner.assign.Phase.Purpose;
import dev.holdfast.floatingip.hetzner.assign.Phase.Reading;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an assignment stands.
 *
 * @param expected the server that the IP is at unless somebody else moved it; null for none
 * @param writes asked for so far, whatever became of them
 * @param written whether one of them may have happened
 * @param unassigning whether it was asked to be unassigned: to be nowhere is our doing then
 * @param confirmations how often the IP was read after a success and had not moved
 * @param last what went wrong last
 */
record AssignmentState(
    Move move,
    AssignmentPolicy policy,
    Instant deadline,
    Phase phase,
    @Nullable Long expected,
    int writes,
    boolean written,
    boolean unassigning,
    int confirmations,
    Cause last) {

  static AssignmentState begin(Move move, AssignmentPolicy policy, Instant now) {
    return new AssignmentState(
        move,
        policy,
        now.plus(policy.timeout()),
        new Reading(Purpose.Begin),
        move.from(),
        0,
        false,
        false,
        0,
        new Cause.TimedOut());
  }

  AssignmentState in(Phase next) {
    return with(next, expected, writes, written, unassigning, confirmations, last);
  }

  /** The IP is at no server, by our own doing. */
  AssignmentState unassigned() {
    return with(phase, null, writes, written, unassigning, confirmations, last);
  }

  AssignmentState maybeWritten() {
    return with(phase, expected, writes, true, unassigning, confirmations, last);
  }

  AssignmentState unconfirmed() {
    return with(phase, expected, writes, written, unassigning, confirmations + 1, last);
  }

  AssignmentState because(Cause cause) {
    return with(phase, expected, writes, written, unassigning, confirmations, cause);
  }

  private AssignmentState with(
      Phase phase,
      @Nullable Long expected,
      int writes,
      boolean written,
      boolean unassigning,
      int confirmations,
      Cause last) {
    return new AssignmentState(
        move, policy, deadline, phase, expected, writes, written, unassigning, confirmations, last);
  }

  Step read(Purpose purpose, Duration pause) {
    return new Step.Next(in(new Reading(purpose)), new AssignmentEffect.ReadIp(), pause);
  }

  Step assign() {
    var asked =
        with(
            new Phase.Assigning(), expected, writes + 1, written, unassigning, confirmations, last);
    return new Step.Next(asked, new AssignmentEffect.Assign(), Duration.ZERO);
  }

  Step unassign() {
    var asked =
        with(new Phase.Unassigning(), expected, writes + 1, written, true, confirmations, last);
    return new Step.Next(asked, new AssignmentEffect.Unassign(), Duration.ZERO);
  }

  Step lookForAction(Duration pause) {
    return new Step.Next(
        in(new Phase.LookingForAction()), new AssignmentEffect.ReadRunningAction(), pause);
  }

  Step await(long action, Owner owner, int reads, Duration pause) {
    return new Step.Next(
        in(new AwaitingAction(action, owner, reads)),
        new AssignmentEffect.ReadAction(action),
        pause);
  }

  Step fail(Cause cause) {
    return new Step.End(new Outcome.Failed(cause, written));
  }
}
