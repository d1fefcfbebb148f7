package dev.holdfast.floatingip.hetzner.assign;

import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import dev.holdfast.floatingip.hetzner.assign.Phase.Purpose;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;

/** What a failed call means. */
final class Failures {

  private Failures() {}

  static Step of(AssignmentState state, ApiFailure failure) {
    var because = state.because(new Cause.Call(failure));
    return switch (state.phase()) {
      case Phase.Assigning() -> ofWrite(because, failure);
      case Phase.Unassigning() -> ofWrite(because, failure);
      case Phase.Reading(var purpose) ->
          failure.passes() && purpose != Purpose.TimeUp
              ? because.read(purpose, Pauses.AFTER_FAILED_READ)
              : because.fail(because.last());
      case Phase.LookingForAction() ->
          failure.passes()
              ? because.lookForAction(Pauses.AFTER_FAILED_READ)
              : because.fail(because.last());
      case Phase.AwaitingAction(var id, var owner, var reads) ->
          failure.passes()
              ? because.await(id, owner, reads, Pauses.AFTER_FAILED_READ)
              : because.fail(because.last());
      case Phase.Verifying _ -> throw Assignment.unexpected(state, "a failed call");
    };
  }

  private static Step ofWrite(AssignmentState state, ApiFailure failure) {
    return switch (failure) {
      case ApiFailure.Locked _ -> state.lookForAction(Pauses.NONE);
      case ApiFailure.NoAnswer _, ApiFailure.ServerError _, ApiFailure.Malformed _ ->
          state.maybeWritten().lookForAction(Pauses.afterWrite(state.writes()));
      case ApiFailure.Conflict _, ApiFailure.RateLimited _, ApiFailure.Unreachable _ ->
          state.read(Purpose.Doubt, Pauses.afterWrite(state.writes()));
      case ApiFailure.AlreadyAssigned _ ->
          state.writes() < state.policy().maxWrites()
              ? state.read(Purpose.AlreadyAssigned, Pauses.NONE)
              : state.fail(state.last());
      case ApiFailure.Unauthorized _, ApiFailure.ReadOnlyToken _, ApiFailure.Forbidden _ ->
          state.fail(state.last());
      case ApiFailure.NotFound _, ApiFailure.Refused _ -> state.fail(state.last());
    };
  }
}
