package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.FailoverState.Departed;
import dev.holdfast.dataplane.failover.FailoverState.LastFailover;
import dev.holdfast.dataplane.failover.Phase.Resuming;
import dev.holdfast.dataplane.failover.Phase.RunningHooks;
import dev.holdfast.dataplane.failover.Phase.Search;
import dev.holdfast.dataplane.failover.Phase.Serving;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives the office from one primary to the next: leave, choose, run hooks, record, admit. */
final class Succession {
  private Succession() {}

  /** Goes on with the primary of the process before, at its epoch. */
  static Turn resume(Turn turn, Candidate candidate) {
    return probe(turn.tell(new Notice.Trying(candidate)), candidate);
  }

  private static Turn probe(Turn turn, Candidate candidate) {
    var asked = turn.probe(candidate);
    return asked.phase(new Resuming(candidate, asked.pending()));
  }

  /** The probe's time is up: it did not answer, or it could not be sent and is now. */
  static Turn due(Turn turn, Resuming resuming) {
    return resuming.probe().unasked()
        ? probe(turn, resuming.candidate())
        : resumed(turn, resuming, FailoverMachine.SILENT);
  }

  static Turn resumed(Turn turn, Resuming resuming, Outcome outcome) {
    var candidate = resuming.candidate();
    var known = turn.connected(candidate.name(), outcome);
    return switch (outcome) {
      case Outcome.Connected() -> resumed(known, candidate);
      case Outcome.Failed(var reason, var why) -> notResumed(known, reason, why);
      case Outcome.NotAsked _ -> known.phase(new Resuming(candidate, turn.later(resuming.probe())));
    };
  }

  /** Without hooks, because they ran for the process before; those it did not end run again. */
  private static Turn resumed(Turn turn, Candidate candidate) {
    var epoch = turn.state().epoch();
    var floor = turn.state().floor();
    var unfinished = floor == null ? null : floor.unfinished();
    if (unfinished == null || !hooked(turn, unfinished.reason())) {
      var pinned = floor != null && floor.pinned();
      return admit(turn, candidate, epoch, pinned ? Reason.Switchover : Reason.Resumed);
    }
    var reason = unfinished.reason();
    var again =
        departed(turn, unfinished.left()).tell(new Notice.HooksAgain(candidate, epoch, reason));
    return runHooks(again, candidate, epoch, new Search(reason, 0));
  }

  static Turn notResumed(Turn turn, Reason reason, String why) {
    var floor = turn.state().floor();
    if (floor == null) {
      return Selection.begin(turn, reason);
    }
    var unfinished = floor.unfinished();
    var left = unfinished == null ? floor.name() : unfinished.left();
    var cause = unfinished == null ? reason : new Search(unfinished.reason(), 0).unless(reason);
    var told = turn.tell(new Notice.Selecting(floor.name(), reason, why));
    return Selection.begin(departed(told, left), cause);
  }

  /** The primary of the process before is no more; null when it had none. */
  private static Turn departed(Turn turn, @Nullable String left) {
    return turn.with(
        left == null
            ? turn.state().withoutFloor()
            : turn.state().departed(new Departed(left, "", turn.now())));
  }

  /** Ends the primary: no client is admitted from here until the next one is. */
  static Turn leave(Turn turn, Primary primary, Reason reason, String why) {
    var left =
        depart(turn, primary)
            .effect(new Effect.Withdraw())
            .tell(new Notice.Selecting(primary.name(), reason, why));
    return Selection.begin(left, reason);
  }

  /** Replaces a primary that still serves; without hooks there is no gap. */
  static Turn replace(Turn turn, Primary primary, Candidate candidate, Reason reason) {
    var left = depart(turn, primary);
    return choose(
        hooked(turn, reason) ? left.effect(new Effect.Withdraw()) : left,
        candidate,
        new Search(reason, 0));
  }

  private static boolean hooked(Turn turn, Reason reason) {
    return turn.policy().hooks().on().contains(reason.trigger());
  }

  static Turn choose(Turn turn, Candidate candidate, Search search) {
    var reason = search.reason();
    var chosen = turn.with(turn.state().nextEpoch());
    var epoch = chosen.state().epoch();
    var told =
        endOldConnections(chosen, candidate, epoch)
            .tell(new Notice.Chosen(candidate, epoch, reason));
    return hooked(turn, reason)
        ? runHooks(told, candidate, epoch, search)
        : admit(told, candidate, epoch, reason);
  }

  private static Turn runHooks(Turn turn, Candidate candidate, long epoch, Search search) {
    var departed = turn.state().departed();
    var left = departed == null ? null : departed.name();
    var deadline = turn.now().plus(turn.policy().hooks().deadline());
    return turn.effect(new Effect.RunHooks(epoch, search.reason(), candidate, left))
        .phase(new RunningHooks(search, candidate, epoch, deadline));
  }

  static Turn hooksEnded(Turn turn, RunningHooks running, boolean aborted, String why) {
    if (!aborted) {
      return admit(turn, running.candidate(), running.epoch(), running.search().reason());
    }
    var failed = new Outcome.Failed(Reason.CheckFailed, why);
    return Selection.discard(
        turn.connected(running.candidate().name(), failed),
        running.search(),
        running.candidate(),
        why);
  }

  /** Gives up a choice whose hooks are running. */
  static Turn abandon(Turn turn, RunningHooks running, Reason reason, String why) {
    var cancelled =
        turn.effect(new Effect.CancelHooks(running.epoch()))
            .tell(new Notice.Discarded(running.candidate().name(), why));
    return Selection.begin(cancelled, running.search().unless(reason));
  }

  private static Turn admit(Turn turn, Candidate candidate, long epoch, Reason reason) {
    var primary = new Primary(candidate, epoch, turn.now(), reason);
    return turn.with(turn.state().arrived(failover(turn, primary)))
        .phase(new Serving(primary, null))
        .effect(new Effect.RecordPrimary(primary))
        .effect(new Effect.Admit(primary))
        .tell(new Notice.Admitted(primary));
  }

  private static @Nullable LastFailover failover(Turn turn, Primary primary) {
    var departed = turn.state().departed();
    if (departed == null && !(turn.state().phase() instanceof RunningHooks)) {
      return turn.state().lastFailover();
    }
    var searched = Objects.requireNonNullElse(turn.state().searchedAt(), turn.now());
    var since = departed == null ? searched : departed.at();
    return new LastFailover(
        departed == null ? null : departed.name(),
        primary.name(),
        turn.now(),
        Duration.between(since, turn.now()),
        primary.reason());
  }

  private static Turn depart(Turn turn, Primary primary) {
    var endpoint = primary.backend().endpoint();
    return turn.with(turn.state().departed(new Departed(primary.name(), endpoint, turn.now())));
  }

  /** A backend that is chosen again keeps its connections. */
  private static Turn endOldConnections(Turn turn, Candidate next, long epoch) {
    var departed = turn.state().departed();
    if (departed == null
        || (departed.name().equals(next.name()) && departed.endpoint().equals(next.endpoint()))) {
      return turn;
    }
    return switch (turn.policy().onPrimaryChange()) {
      case PrimaryChange.Keep() -> turn;
      case PrimaryChange.Drain(var timeout) -> turn.effect(new Effect.Sever(epoch, timeout));
      case PrimaryChange.Sever() -> turn.effect(new Effect.Sever(epoch, Duration.ZERO));
    };
  }
}
