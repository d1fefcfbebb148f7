package dev.holdfast.dataplane.runtime.check;

import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.probe.ProbeResult;
import java.util.Collection;

/** What a check says of a candidate. */
public sealed interface CheckWord {

  record Fine() implements CheckWord {}

  record Objection(String why) implements CheckWord {}

  /** It could not ask. */
  record Nothing(String why) implements CheckWord {}

  /** By what it has seen until now. */
  static CheckWord of(String check, CheckState state) {
    var fine =
        switch (state.health()) {
          case Healthy -> true;
          case Unknown -> state.passes() > 0;
          case Unhealthy -> false;
        };
    if (fine) {
      return new Fine();
    }
    var why = state.why();
    return new Objection("check " + check + (why == null ? " has not run" : ": " + why));
  }

  static CheckWord of(String check, ProbeResult result) {
    return switch (result) {
      case ProbeResult.Success _ -> new Fine();
      case ProbeResult.Failure(var kind, var why) ->
          kind == ProbeResult.Kind.NotAsked
              ? nothing(check, why)
              : new Objection("check " + check + ": " + why);
    };
  }

  static CheckWord nothing(String check, String why) {
    return new Nothing("check " + check + ": " + why);
  }

  /** One objection is enough; without one, all checks must have been asked. */
  static Outcome verdict(Collection<CheckWord> words) {
    for (var word : words) {
      if (word instanceof Objection(var why)) {
        return new Outcome.Failed(Reason.CheckFailed, why);
      }
    }
    for (var word : words) {
      if (word instanceof Nothing(var why)) {
        return new Outcome.NotAsked(why);
      }
    }
    return new Outcome.Connected();
  }
}
