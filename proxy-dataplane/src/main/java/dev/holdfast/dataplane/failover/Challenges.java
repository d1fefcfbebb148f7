package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.Phase.Challenge;
import dev.holdfast.dataplane.failover.Phase.Serving;
import dev.holdfast.dataplane.failover.SwitchAnswer.Refusal;
import dev.holdfast.dataplane.failover.SwitchAnswer.Refused;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Another backend may take over while the primary serves: by failback, or on a person's wish. */
final class Challenges {
  private static final String FORCE = "; force the switch if it must be";

  private Challenges() {}

  /** Asks the first backend that may take over again. */
  static Turn review(Turn turn) {
    if (!(turn.state().phase() instanceof Serving(var primary, var challenge))
        || challenge != null) {
      return turn;
    }
    return risen(turn, primary)
        .filter(backend -> !turn.now().isBefore(takesOverAt(turn.policy(), backend)))
        .findFirst()
        .map(backend -> ask(turn, primary, backend.candidate(), Reason.Failback))
        .orElse(turn);
  }

  static Turn answered(Turn turn, Serving serving, Challenge challenge, Outcome outcome) {
    var candidate = challenge.candidate();
    var known =
        turn.connected(candidate.name(), outcome).phase(new Serving(serving.primary(), null));
    return switch (outcome) {
      case Outcome.Connected()
          when candidate.active()
              && known.backend(candidate.name()).verdict() != Health.Unhealthy ->
          Succession.replace(known, serving.primary(), candidate, challenge.reason());
      case Outcome.Connected() -> unfit(known, challenge, known.backend(candidate.name()).why());
      case Outcome.Failed(var reason, var why) when reason == Reason.CheckFailed ->
          unfit(known, challenge, why);
      case Outcome.Failed(var reason, var why) -> failed(known, challenge, why);
      case Outcome.NotAsked(var why) when challenge.reason() == Reason.Switchover ->
          failed(known, challenge, why);
      case Outcome.NotAsked _ -> turn.phase(new Serving(serving.primary(), later(turn, challenge)));
    };
  }

  private static Challenge later(Turn turn, Challenge unasked) {
    return new Challenge(unasked.candidate(), turn.later(unasked.probe()), unasked.reason());
  }

  /** The probe's time is up: it did not answer, or it could not be sent and is now. */
  static Turn due(Turn turn, Serving serving, Challenge challenge) {
    return challenge.probe().unasked()
        ? probe(turn, serving.primary(), challenge.candidate(), challenge.reason())
        : answered(turn, serving, challenge, FailoverMachine.SILENT);
  }

  /** The challenger is no candidate any more. */
  static Turn drop(Turn turn, Serving serving, Challenge challenge, String why) {
    return failed(turn.phase(new Serving(serving.primary(), null)), challenge, why);
  }

  static Turn switchTo(Turn turn, SwitchRequested request) {
    var refused = refusal(turn, request);
    if (refused != null) {
      return turn.tell(new Notice.SwitchRefused(request.to(), refused.refusal(), refused.why()));
    }
    if (underWay(turn.state().phase(), request)) {
      return turn;
    }
    var candidate = turn.backend(request.to()).candidate();
    return switch (turn.state().phase()) {
      case Serving(var primary, var challenge) when request.force() ->
          Succession.replace(turn, primary, candidate, Reason.Switchover);
      case Serving(var primary, var challenge) -> ask(turn, primary, candidate, Reason.Switchover);
      case Phase.RunningHooks running ->
          Succession.choose(
              turn.effect(new Effect.CancelHooks(running.epoch())),
              candidate,
              new Phase.Search(Reason.Switchover, 0));
      case Phase.Idle(), Phase.Resuming(_, _), Phase.Probing(_, _, _), Phase.Waiting(_, _) ->
          Succession.choose(turn, candidate, new Phase.Search(Reason.Switchover, 0));
    };
  }

  /** When stability alone will let a backend take over; null when none is on its way. */
  static @Nullable Instant nextTakeover(FailoverState state, FailoverPolicy policy) {
    if (!(state.phase() instanceof Serving(var primary, var challenge)) || challenge != null) {
      return null;
    }
    return risen(new Turn(state, List.of(), policy, Instant.EPOCH), primary)
        .map(backend -> takesOverAt(policy, backend))
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** Whether a backend stands higher than the primary and could take over, were it healthy. */
  static boolean mayTakeOver(FailoverPolicy policy, Primary primary, Candidate candidate) {
    return !(policy.failback() instanceof Failback.Never)
        && primary.reason() != Reason.Switchover
        && candidate.active()
        && policy.rank(candidate.name()) < policy.rank(primary.name());
  }

  private static Stream<BackendState> risen(Turn turn, Primary primary) {
    return turn.policy().candidates().stream()
        .filter(candidate -> mayTakeOver(turn.policy(), primary, candidate))
        .map(candidate -> turn.backend(candidate.name()))
        .filter(backend -> backend.health() == Health.Healthy);
  }

  private static Instant takesOverAt(FailoverPolicy policy, BackendState backend) {
    var wait =
        switch (policy.failback()) {
          case Failback.AfterStable(var stableFor) -> stableFor;
          case Failback.Immediate(), Failback.Never() -> Duration.ZERO;
        };
    return backend.since().plus(wait);
  }

  private static Turn ask(Turn turn, Primary primary, Candidate candidate, Reason reason) {
    return probe(turn.tell(new Notice.Trying(candidate)), primary, candidate, reason);
  }

  private static Turn probe(Turn turn, Primary primary, Candidate candidate, Reason reason) {
    var asked = turn.probe(candidate);
    return asked.phase(new Serving(primary, new Challenge(candidate, asked.pending(), reason)));
  }

  /** It answers, and its checks object: somebody who knows better may insist. */
  private static Turn unfit(Turn turn, Challenge challenge, String why) {
    var asked = challenge.reason() == Reason.Switchover;
    return failed(turn, challenge, asked ? why + FORCE : why);
  }

  private static Turn failed(Turn turn, Challenge challenge, String why) {
    var name = challenge.candidate().name();
    return turn.tell(
        challenge.reason() == Reason.Switchover
            ? new Notice.SwitchRefused(name, Refusal.Unreachable, why)
            : new Notice.ChallengeFailed(name, challenge.reason(), why));
  }

  private static @Nullable Refused refusal(Turn turn, SwitchRequested request) {
    var known = turn.state().backends().get(request.to());
    if (known == null) {
      var names = turn.policy().candidates().stream().map(Candidate::name).toList();
      return new Refused(Refusal.UnknownBackend, "expected one of " + names);
    }
    if (!known.candidate().active()) {
      return new Refused(
          Refusal.NotActive, "its state is " + known.candidate().wish() + ", expected Active");
    }
    return refusalByState(turn.state(), known, request);
  }

  private static @Nullable Refused refusalByState(
      FailoverState state, BackendState known, SwitchRequested request) {
    var name = request.to();
    if (state.primary().filter(primary -> primary.name().equals(name)).isPresent()) {
      return new Refused(Refusal.AlreadyPrimary, "it is the primary already");
    }
    if (request.force()) {
      return null;
    }
    if (known.health() == Health.Unhealthy) {
      return new Refused(Refusal.Unhealthy, "it is Unhealthy (" + known.why() + ")" + FORCE);
    }
    return settled(state.phase()) || underWay(state.phase(), request)
        ? null
        : new Refused(
            Refusal.ChangeUnderWay, "another change is under way; ask again, or force the switch");
  }

  /** Asking again for what is being done changes nothing. */
  private static boolean underWay(Phase phase, SwitchRequested request) {
    return switch (phase) {
      case Phase.RunningHooks running -> running.candidate().name().equals(request.to());
      case Serving(var primary, var challenge) when challenge != null && !request.force() ->
          challenge.reason() == Reason.Switchover
              && challenge.candidate().name().equals(request.to());
      case Phase _ -> false;
    };
  }

  private static boolean settled(Phase phase) {
    return phase instanceof Serving(var primary, var challenge)
        && (challenge == null || challenge.reason() != Reason.Switchover);
  }
}
