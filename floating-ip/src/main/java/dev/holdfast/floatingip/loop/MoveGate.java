package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Splits a plan into the moves to make now and those that are held back, each with its reason. What
 * holds back the whole plan comes first, then what holds back one IP, then the number of moves.
 */
public final class MoveGate {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private MoveGate() {}

  /**
   * @param again when something that is held back may go, if nothing else happens; null when only
   *     its owner can let it go
   */
  public record Admission(List<Move> moves, List<Held> held, @Nullable Instant again) {}

  public record Held(Move move, HoldReason reason) {}

  /**
   * @param moves in the plan's order: the first ones go first when not all may
   */
  public static Admission admit(
      String planId, List<Move> moves, ApplyPolicy policy, MoveHistory history, Instant now) {
    var closed = closed(planId, policy);
    if (closed.isPresent()) {
      return new Admission(
          List.of(), moves.stream().map(move -> new Held(move, closed.get())).toList(), null);
    }
    var begun = history.begunSince(now);
    var limit = policy.maxMovesPerMinute() <= 0 ? Integer.MAX_VALUE : policy.maxMovesPerMinute();
    var admitted = new ArrayList<Move>();
    var held = new ArrayList<Held>();
    @Nullable Instant again = null;
    for (var move : moves) {
      var setback = history.setback(move.floatingIp(), now);
      if (setback.isPresent()) {
        held.add(new Held(move, setback.get().reason()));
        again = earlier(again, setback.get().until());
      } else if (begun.size() + admitted.size() >= limit) {
        held.add(new Held(move, HoldReason.MoveLimit));
        again = earlier(again, (begun.isEmpty() ? now : begun.getFirst()).plus(MINUTE));
      } else {
        admitted.add(move);
      }
    }
    return new Admission(List.copyOf(admitted), List.copyOf(held), again);
  }

  private static Optional<HoldReason> closed(String planId, ApplyPolicy policy) {
    if (policy.paused()) {
      return Optional.of(HoldReason.Paused);
    }
    return switch (policy.mode()) {
      case Apply -> Optional.empty();
      case Plan -> Optional.of(HoldReason.PlanOnly);
      case Approve ->
          planId.equals(policy.approvedPlan())
              ? Optional.empty()
              : Optional.of(HoldReason.AwaitingApproval);
    };
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }
}
