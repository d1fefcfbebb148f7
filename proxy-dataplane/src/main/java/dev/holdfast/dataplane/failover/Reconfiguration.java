package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.Phase.Probing;
import dev.holdfast.dataplane.failover.Phase.Resuming;
import dev.holdfast.dataplane.failover.Phase.RunningHooks;
import dev.holdfast.dataplane.failover.Phase.Serving;
import dev.holdfast.dataplane.failover.Phase.Waiting;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Follows the policy: a change disturbs the primary only if it takes the primary away. */
final class Reconfiguration {
  private Reconfiguration() {}

  static Turn apply(Turn turn) {
    var before = turn;
    var known = turn.with(turn.state().with(backends(turn)));
    return switch (turn.state().phase()) {
      case Phase.Idle() -> first(known);
      case Resuming(var candidate, var probe) -> {
        var loss = loss(known, candidate);
        yield loss == null ? known : Succession.notResumed(known, loss, explain(loss));
      }
      case Probing(var search, var candidate, var probe) ->
          loss(known, candidate) == null ? known : Selection.begin(known, search.reason());
      case Waiting waiting ->
          more(before, known) || unawaited(known, waiting) ? Selection.wake(known, waiting) : known;
      case RunningHooks running -> {
        var loss = loss(known, running.candidate());
        yield loss == null ? known : Succession.abandon(known, running, loss, explain(loss));
      }
      case Serving serving -> serving(known, serving);
    };
  }

  private static Turn first(Turn turn) {
    var withdrawn = turn.effect(new Effect.Withdraw());
    var floor = turn.state().floor();
    if (floor == null || floor.isOfNobody()) {
      return Selection.begin(
          withdrawn
              .with(withdrawn.state().withoutFloor())
              .tell(new Notice.Selecting(null, Reason.Initial, "start")),
          Reason.Initial);
    }
    var candidate = turn.policy().candidate(floor.name());
    var loss = candidate.isEmpty() ? Reason.BackendRemoved : wishLoss(candidate.get());
    return loss != null
        ? Succession.notResumed(withdrawn, loss, explain(loss))
        : Succession.resume(withdrawn, candidate.orElseThrow());
  }

  private static Turn serving(Turn turn, Serving serving) {
    var primary = serving.primary();
    var loss = loss(turn, primary.backend());
    if (loss != null) {
      return Succession.leave(turn, primary, loss, explain(loss));
    }
    var same =
        new Primary(
            turn.backend(primary.name()).candidate(),
            primary.epoch(),
            primary.since(),
            primary.reason());
    return challenged(turn, new Serving(same, serving.challenge()));
  }

  private static Turn challenged(Turn turn, Serving serving) {
    var challenge = serving.challenge();
    if (challenge == null) {
      return turn.phase(serving);
    }
    var loss = loss(turn, challenge.candidate());
    if (loss != null) {
      return Challenges.drop(turn, serving, challenge, explain(loss));
    }
    var stillHigher =
        challenge.reason() == Reason.Switchover
            || Challenges.mayTakeOver(turn.policy(), serving.primary(), challenge.candidate());
    return turn.phase(stillHigher ? serving : new Serving(serving.primary(), null));
  }

  private static Map<String, BackendState> backends(Turn turn) {
    var next = new TreeMap<String, BackendState>();
    for (var candidate : turn.policy().candidates()) {
      var known = turn.state().backends().get(candidate.name());
      next.put(
          candidate.name(),
          known != null && known.candidate().samePlace(candidate)
              ? known.configured(candidate, turn.now())
              : BackendState.fresh(candidate, turn.now()));
    }
    return next;
  }

  /** What takes this backend out of the race; null when it is still in. */
  private static @Nullable Reason loss(Turn turn, Candidate candidate) {
    var configured = turn.policy().candidate(candidate.name()).filter(candidate::samePlace);
    return configured.isEmpty() ? Reason.BackendRemoved : wishLoss(configured.get());
  }

  private static @Nullable Reason wishLoss(Candidate candidate) {
    return switch (candidate.wish()) {
      case Active -> null;
      case Draining -> Reason.BackendDraining;
      case Disabled -> Reason.BackendDisabled;
    };
  }

  /** Whether a candidate may be asked now that might not be asked before. */
  private static boolean more(Turn before, Turn after) {
    var asked = new TreeSet<String>();
    before.state().backends().values().stream()
        .map(BackendState::candidate)
        .filter(before::eligible)
        .forEach(candidate -> asked.add(candidate.name() + " " + candidate.endpoint()));
    return after.policy().candidates().stream()
        .filter(after::eligible)
        .anyMatch(candidate -> !asked.contains(candidate.name() + " " + candidate.endpoint()));
  }

  /**
   * Nobody might be asked and so nothing but a backend's return was waited for. Under another mode
   * one may be asked, whose return is then not watched for.
   */
  private static boolean unawaited(Turn turn, Waiting waiting) {
    return waiting.until() == null && turn.policy().candidates().stream().anyMatch(turn::eligible);
  }

  private static String explain(Reason loss) {
    return switch (loss) {
      case BackendDraining -> "its state is Draining";
      case BackendDisabled -> "its state is Disabled";
      default -> "it is not in the configuration any more";
    };
  }
}
