package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.BackendState.Recheck;
import dev.holdfast.dataplane.failover.FailoverPolicy.Mode;
import dev.holdfast.dataplane.failover.Phase.Serving;
import dev.holdfast.health.Health;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Probes backends that nobody asks otherwise: those that failed passively, those that could take
 * over if only something were known of them, and once, in mode FirstHealthy, those that would be
 * next.
 */
final class Rechecks {
  private Rechecks() {}

  /** Plans, starts and forgets rechecks, as what is known now wants it. */
  static Turn review(Turn turn) {
    var next = turn;
    for (var candidate : turn.policy().candidates()) {
      next = review(next, next.backend(candidate.name()));
    }
    return next;
  }

  /** Takes an answer, if it is that of a recheck. */
  static Turn answered(Turn turn, long probe, Outcome outcome) {
    return turn.state().backends().values().stream()
        .filter(backend -> awaits(backend, probe))
        .findFirst()
        .map(backend -> answered(turn, backend, outcome))
        .orElse(turn);
  }

  private static Turn answered(Turn turn, BackendState backend, Outcome outcome) {
    if (outcome instanceof Outcome.NotAsked) {
      var later = turn.now().plus(turn.policy().recheckInterval());
      return turn.with(turn.state().with(backend.with(new Recheck.Due(later))));
    }
    return turn.observed(backend.with(null).connected(outcome, turn.now()));
  }

  /** Ends rechecks that did not answer in time. */
  static Turn expire(Turn turn) {
    var next = turn;
    for (var backend : turn.state().backends().values()) {
      if (backend.recheck() instanceof Recheck.Running(var pending)
          && !turn.now().isBefore(pending.deadline())) {
        next = answered(next, pending.probe(), FailoverMachine.SILENT);
      }
    }
    return next;
  }

  static @Nullable Instant wakeAt(BackendState backend) {
    return switch (backend.recheck()) {
      case Recheck.Due(var at) -> at;
      case Recheck.Running(var pending) -> pending.deadline();
      case null -> null;
    };
  }

  private static Turn review(Turn turn, BackendState backend) {
    var planned = backend.recheck();
    if (planned instanceof Recheck.Running) {
      return turn;
    }
    var firstAt = wantedAt(turn, backend);
    if (firstAt == null) {
      return planned == null ? turn : turn.with(turn.state().with(backend.with(null)));
    }
    var at = planned instanceof Recheck.Due(var due) ? due : firstAt;
    return turn.now().isBefore(at)
        ? turn.with(turn.state().with(backend.with(new Recheck.Due(at))))
        : start(turn, backend);
  }

  private static Turn start(Turn turn, BackendState backend) {
    var asked = turn.probe(backend.candidate());
    return asked.with(asked.state().with(backend.with(new Recheck.Running(asked.pending()))));
  }

  /** When a recheck that is not planned yet would be due; null when none is wanted. */
  private static @Nullable Instant wantedAt(Turn turn, BackendState backend) {
    if (!backend.candidate().active() || backend.verdict() == Health.Unhealthy) {
      return null;
    }
    var later = turn.now().plus(turn.policy().recheckInterval());
    var serving = turn.state().phase() instanceof Serving;
    if (backend.reached() == Health.Unhealthy) {
      return serving || turn.policy().mode() == Mode.FirstHealthy ? later : null;
    }
    if (backend.candidate().checked()) {
      return null;
    }
    var mayTakeOver = mayTakeOver(turn, backend);
    if (backend.reached() == Health.Unknown) {
      var mayBeNext = serving && turn.policy().mode() == Mode.FirstHealthy;
      return mayTakeOver || mayBeNext ? turn.now() : null;
    }
    return mayTakeOver && turn.policy().failback() instanceof Failback.AfterStable ? later : null;
  }

  private static boolean mayTakeOver(Turn turn, BackendState backend) {
    return turn.state()
        .primary()
        .filter(primary -> Challenges.mayTakeOver(turn.policy(), primary, backend.candidate()))
        .isPresent();
  }

  private static boolean awaits(BackendState backend, long probe) {
    return backend.recheck() instanceof Recheck.Running(var pending) && pending.probe() == probe;
  }
}
