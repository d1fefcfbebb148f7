package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.loop.GroupEvent.MoveEnded;
import dev.holdfast.floatingip.loop.Planned.LastApplied;
import org.jspecify.annotations.Nullable;

/** How moves end. */
final class MoveNews {
  private MoveNews() {}

  static void ended(Turn turn, MoveEnded event) {
    var move = event.move();
    var ip = move.floatingIp();
    turn.reading = turn.reading.told(event.rateLimit());
    if (!turn.moves.underWay().containsKey(ip)) {
      return;
    }
    var history = turn.moves.history().end(ip, event.outcome(), turn.now);
    turn.moves = turn.moves.ended(ip, history, refusal(event.outcome(), turn.moves.refused()));
    switch (event.outcome()) {
      case Outcome.Moved _, Outcome.AlreadyThere _ -> moved(turn, move);
      case Outcome.Silent silent -> {
        moved(turn, move);
        tellFailure(turn, move, silent);
      }
      case Outcome.ForeignWriter(var server) -> {
        known(turn, ip, server);
        failed(turn, move, event.outcome(), "ForeignWriter");
      }
      case Outcome.Stopped(var written) -> {
        doubtIf(written, turn, ip);
        step(turn, ip, StepState.Pending);
      }
      case Outcome.Failed(var cause, var written) -> {
        doubtIf(written, turn, ip);
        failed(turn, move, event.outcome(), cause.reason());
      }
    }
    if (turn.moves.underWay().isEmpty()) {
      turn.reading = turn.reading.dueAt(turn.now);
    }
  }

  /** Whether the token may write, as the newest write told. */
  private static @Nullable ApiFailure refusal(Outcome outcome, @Nullable ApiFailure before) {
    return switch (outcome) {
      case Outcome.Moved _, Outcome.Silent _ -> null;
      case Outcome.Failed(Cause.Call(var failure), _) -> failure.concernsToken() ? failure : before;
      case Outcome.Failed _ -> before;
      case Outcome.AlreadyThere _, Outcome.ForeignWriter _, Outcome.Stopped _ -> before;
    };
  }

  private static void doubtIf(boolean written, Turn turn, long ip) {
    if (written) {
      turn.moves = turn.moves.doubt(ip, turn.now);
    }
  }

  private static void known(Turn turn, long id, @Nullable Long server) {
    var ip = turn.members.floatingIps().get(id);
    if (ip != null) {
      turn.members = turn.members.with(ip.at(server));
      turn.moves = turn.moves.settle(id, turn.now);
    }
  }

  private static void moved(Turn turn, Move move) {
    known(turn, move.floatingIp(), move.to());
    step(turn, move.floatingIp(), StepState.Done);
    var current = turn.planned.current();
    if (current != null && current.of(move.floatingIp()).isPresent()) {
      applied(turn, current);
      if (current.isDone()) {
        turn.tell(
            new GroupNotice.PlanApplied(
                current.sequence(),
                current.id(),
                current.count(StepState.Done),
                turn.members.table()));
      }
    }
  }

  private static void failed(Turn turn, Move move, Outcome outcome, String reason) {
    var current = turn.planned.current();
    if (current == null || current.of(move.floatingIp()).isEmpty()) {
      return;
    }
    var after = current.failed(move.floatingIp(), reason);
    turn.planned = turn.planned.with(after);
    applied(turn, after);
    if (after.of(move.floatingIp()).filter(step -> step.failures() == 1).isPresent()) {
      tellFailure(turn, move, outcome);
    }
  }

  private static void tellFailure(Turn turn, Move move, Outcome outcome) {
    var current = turn.planned.current();
    if (current != null) {
      turn.tell(
          new GroupNotice.MoveFailed(
              current.sequence(),
              current.id(),
              turn.members.ipName(move.floatingIp()),
              turn.members.serverName(move.to()),
              outcome));
    }
  }

  private static void step(Turn turn, long ip, StepState state) {
    var current = turn.planned.current();
    if (current != null) {
      turn.planned = turn.planned.with(current.with(ip, state));
    }
  }

  private static void applied(Turn turn, PlanProgress current) {
    turn.planned =
        turn.planned.applied(
            new LastApplied(
                current.id(),
                turn.now,
                current.count(StepState.Done),
                current.count(StepState.Failed)));
  }
}
