package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.plan.MoveReason;
import dev.holdfast.floatingip.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Begins what is planned and may be begun. */
final class Admission {
  /** Calls that one move takes at most while nothing goes wrong. */
  private static final int CALLS_OF_A_MOVE = 10;

  private Admission() {}

  static void review(Turn turn) {
    var current = turn.planned.current();
    if (current == null || !turn.mayPlan()) {
      return;
    }
    var steps = inOrder(current.open(turn.moves::free));
    var moves = CloudView.moves(steps);
    var gate =
        MoveGate.admit(
            current.id(),
            moves.stream().filter(move -> !turn.yielded.contains(move.floatingIp())).toList(),
            turn.policy.apply(),
            turn.moves.history(),
            turn.now);
    turn.wakeAt(gate.again());
    var held = new ArrayList<>(gate.held());
    moves.stream()
        .filter(move -> turn.yielded.contains(move.floatingIp()))
        .forEach(move -> held.add(new MoveGate.Held(move, HoldReason.OwnedByOlderGroup)));
    var failovers = failovers(steps);
    for (var move : gate.moves()) {
      var reason = objection(turn, failovers.contains(move.floatingIp()));
      if (reason.isPresent()) {
        held.add(new MoveGate.Held(move, reason.get()));
      } else if (turn.moves.underWay().size() < turn.policy.parallelism()) {
        begin(turn, move);
      }
    }
    turn.planned = turn.planned.holding(held);
  }

  /** What works where it is comes last. */
  private static List<Step> inOrder(List<Step> steps) {
    return steps.stream()
        .sorted(Comparator.comparing((Step step) -> step.reason().isRebalancing()))
        .toList();
  }

  private static Set<Long> failovers(List<Step> steps) {
    return steps.stream()
        .filter(step ->
            step.reason() == MoveReason.ServerUnhealthy
                || step.reason() == MoveReason.ServerHealthUnknown)
        .map(step -> step.floatingIp().id())
        .collect(Collectors.toSet());
  }

  private static Optional<HoldReason> objection(Turn turn, boolean failover) {
    if (turn.reading.tokenRefused()) {
      return Optional.of(HoldReason.TokenRefused);
    }
    if (failover) {
      return Optional.empty();
    }
    if (!turn.policy.planner().applyWithUnknownHealth() && turn.members.anyUnknown()) {
      return Optional.of(HoldReason.HealthUnknown);
    }
    return callsLeft(turn) ? Optional.empty() : Optional.of(HoldReason.CallsReserved);
  }

  private static boolean callsLeft(Turn turn) {
    var limit = turn.reading.rateLimit();
    var needed =
        turn.policy.budget().reserve()
            + (long) CALLS_OF_A_MOVE * (turn.moves.underWay().size() + 1);
    return limit == null || limit.available(turn.now) >= Math.min(needed, limit.limit());
  }

  private static void begin(Turn turn, Move move) {
    turn.moves = turn.moves.begin(move, turn.now);
    var current = turn.planned.current();
    if (current != null) {
      turn.planned = turn.planned.with(current.with(move.floatingIp(), StepState.Applying));
    }
    turn.effect(new GroupEffect.BeginMove(move));
  }
}
