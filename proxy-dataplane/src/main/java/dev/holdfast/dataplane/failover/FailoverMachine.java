package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.FailoverEvent.ConnectFailed;
import dev.holdfast.dataplane.failover.FailoverEvent.HooksEnded;
import dev.holdfast.dataplane.failover.FailoverEvent.PolicyApplied;
import dev.holdfast.dataplane.failover.FailoverEvent.ProbeAnswered;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.FailoverEvent.Tick;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.failover.Phase.Pending;
import dev.holdfast.dataplane.failover.Phase.Probing;
import dev.holdfast.dataplane.failover.Phase.Resuming;
import dev.holdfast.dataplane.failover.Phase.RunningHooks;
import dev.holdfast.dataplane.failover.Phase.Serving;
import dev.holdfast.dataplane.failover.Phase.Waiting;
import dev.holdfast.health.Health;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is primary. A pure function: the same state, event, policy and time give the same
 * next state and effects.
 *
 * <p>Laws: clients are admitted to at most one backend; an epoch is given out once and each is
 * higher than the one before; nobody is admitted before the hooks of that epoch have ended.
 */
public final class FailoverMachine {
  static final Outcome SILENT = new Outcome.Failed(Reason.ConnectTimeout, "no answer in time");

  private FailoverMachine() {}

  public record Step(FailoverState state, List<Effect> effects) {}

  public static Step step(
      FailoverState state, FailoverEvent event, FailoverPolicy policy, Instant now) {
    var turn = new Turn(state, List.of(), policy, now);
    var decided = Rechecks.review(Challenges.review(react(turn, event)));
    return new Step(decided.state().wakeAt(wakeAt(decided)), decided.effects());
  }

  private static Turn react(Turn turn, FailoverEvent event) {
    return switch (event) {
      case PolicyApplied() -> Reconfiguration.apply(turn);
      case ConnectFailed(var epoch, var failure) -> connectFailed(turn, epoch, failure);
      case ProbeAnswered(var probe, var outcome) -> probeAnswered(turn, probe, outcome);
      case VerdictChanged changed -> verdictChanged(turn, changed);
      case HooksEnded(var epoch, var aborted, var why) ->
          turn.state().phase() instanceof RunningHooks running && running.epoch() == epoch
              ? Succession.hooksEnded(turn, running, aborted, why)
              : turn;
      case SwitchRequested request -> Challenges.switchTo(turn, request);
      case Tick() -> Rechecks.expire(tick(turn));
    };
  }

  private static Turn connectFailed(Turn turn, long epoch, Outcome.Failed failure) {
    if (!(turn.state().phase() instanceof Serving serving) || serving.primary().epoch() != epoch) {
      return turn;
    }
    var known = turn.connected(serving.primary().name(), failure);
    return Succession.leave(known, serving.primary(), failure.reason(), failure.why());
  }

  private static Turn probeAnswered(Turn turn, long probe, Outcome outcome) {
    return switch (turn.state().phase()) {
      case Resuming resuming when resuming.probe().probe() == probe ->
          Succession.resumed(turn, resuming, outcome);
      case Probing probing when probing.probe().probe() == probe ->
          Selection.answered(turn, probing, outcome);
      case Serving(var primary, var challenge)
          when challenge != null && challenge.probe().probe() == probe ->
          Challenges.answered(turn, new Serving(primary, challenge), challenge, outcome);
      case Waiting waiting when outcome instanceof Outcome.Connected ->
          wakeIfNews(turn, Rechecks.answered(turn, probe, outcome), waiting);
      case Phase _ -> Rechecks.answered(turn, probe, outcome);
    };
  }

  /** A late answer is no news. */
  private static Turn wakeIfNews(Turn before, Turn after, Waiting waiting) {
    return after.state().equals(before.state()) ? after : Selection.wake(after, waiting);
  }

  private static Turn verdictChanged(Turn turn, VerdictChanged event) {
    var before = turn.state().backends().get(event.backend());
    if (before == null || !before.candidate().checked()) {
      return turn;
    }
    var known = turn.observed(before.judged(event.verdict(), event.why(), turn.now()));
    return event.verdict() == Health.Unhealthy
        ? fell(known, event.backend(), event.why())
        : rose(known, before);
  }

  private static Turn fell(Turn turn, String name, String why) {
    return switch (turn.state().phase()) {
      case Serving(var primary, var challenge) when primary.name().equals(name) ->
          Succession.leave(turn, primary, Reason.CheckFailed, why);
      case Serving(var primary, var challenge)
          when challenge != null && challenge.candidate().name().equals(name) ->
          Challenges.drop(turn, new Serving(primary, challenge), challenge, why);
      case Resuming(var candidate, var probe) when candidate.name().equals(name) ->
          Succession.notResumed(turn, Reason.CheckFailed, why);
      case Probing(var search, var candidate, var probe) when candidate.name().equals(name) ->
          Selection.discard(turn, search, candidate, why);
      case RunningHooks running when running.candidate().name().equals(name) ->
          Succession.abandon(turn, running, Reason.CheckFailed, why);
      case Phase _ -> turn;
    };
  }

  private static Turn rose(Turn turn, BackendState before) {
    var candidate = before.candidate();
    var news =
        turn.backend(candidate.name()).verdict() == Health.Healthy
            || before.verdict() == Health.Unhealthy;
    return turn.state().phase() instanceof Waiting waiting && news && turn.eligible(candidate)
        ? Selection.wake(turn, waiting)
        : turn;
  }

  private static Turn tick(Turn turn) {
    return switch (turn.state().phase()) {
      case Resuming resuming when due(turn, resuming.probe()) -> Succession.due(turn, resuming);
      case Probing probing when due(turn, probing.probe()) -> Selection.due(turn, probing);
      case Waiting(var search, var until) when until != null && !turn.now().isBefore(until) ->
          Selection.round(turn, search);
      case RunningHooks running when !turn.now().isBefore(running.deadline()) ->
          Succession.hooksEnded(
              turn.effect(new Effect.CancelHooks(running.epoch())),
              running,
              true,
              "the hooks did not end in time");
      case Serving(var primary, var challenge)
          when challenge != null && due(turn, challenge.probe()) ->
          Challenges.due(turn, new Serving(primary, challenge), challenge);
      case Phase _ -> turn;
    };
  }

  private static boolean due(Turn turn, Pending pending) {
    return !turn.now().isBefore(pending.deadline());
  }

  private static @Nullable Instant wakeAt(Turn turn) {
    var phase =
        switch (turn.state().phase()) {
          case Phase.Idle() -> null;
          case Resuming(var candidate, var probe) -> probe.deadline();
          case Probing(var search, var candidate, var probe) -> probe.deadline();
          case Waiting(var search, var until) -> until;
          case RunningHooks running -> running.deadline();
          case Serving(var primary, var challenge) ->
              challenge == null
                  ? Challenges.nextTakeover(turn.state(), turn.policy())
                  : challenge.probe().deadline();
        };
    var rechecks = turn.state().backends().values().stream().map(Rechecks::wakeAt);
    return Stream.concat(Stream.ofNullable(phase), rechecks)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }
}
