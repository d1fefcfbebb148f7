package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of earlier moves, as far as it matters for later ones.
 *
 * @param setbacks by floating IP; those that were moved since are not in it
 * @param begun when moves began, within the last minute; the oldest first
 */
public record MoveHistory(Map<Long, Setback> setbacks, List<Instant> begun) {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration AFTER_FOREIGN_WRITER = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int MAX_DOUBLINGS = 10;

  public MoveHistory {
    setbacks = Map.copyOf(setbacks);
    begun = List.copyOf(begun);
  }

  /**
   * @param failures one after the other
   * @param until when the next try may begin
   */
  public record Setback(int failures, HoldReason reason, Instant until) {}

  public static MoveHistory empty() {
    return new MoveHistory(Map.of(), List.of());
  }

  public MoveHistory begin(int moves, Instant now) {
    var next = new ArrayList<>(begunSince(now));
    for (int i = 0; i < moves; i++) {
      next.add(now);
    }
    return new MoveHistory(setbacks, next);
  }

  public MoveHistory end(long floatingIp, Outcome outcome, Instant now) {
    return switch (outcome) {
      case Outcome.Moved _, Outcome.AlreadyThere _, Outcome.Silent _ -> without(floatingIp);
      case Outcome.Stopped _ -> this;
      case Outcome.Failed _ -> with(floatingIp, HoldReason.BackingOff, AFTER_FAILURE, now);
      case Outcome.ForeignWriter _ ->
          with(floatingIp, HoldReason.Contested, AFTER_FOREIGN_WRITER, now);
    };
  }

  /** What failed may be tried at once: for when the provider is back. */
  MoveHistory withoutBackOff() {
    var next = new HashMap<>(setbacks);
    next.values().removeIf(setback -> setback.reason() == HoldReason.BackingOff);
    return new MoveHistory(next, begun);
  }

  /** Empty when a move of it may begin. */
  Optional<Setback> setback(long floatingIp, Instant now) {
    return Optional.ofNullable(setbacks.get(floatingIp))
        .filter(setback -> now.isBefore(setback.until()));
  }

  /** Moves that began within the minute before. */
  List<Instant> begunSince(Instant now) {
    return begun.stream().filter(at -> at.plus(MINUTE).isAfter(now)).toList();
  }

  private MoveHistory with(long floatingIp, HoldReason reason, Duration first, Instant now) {
    var before = setbacks.get(floatingIp);
    var failures = before == null ? 1 : before.failures() + 1;
    var doubled = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    var pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    var next = new HashMap<>(setbacks);
    next.put(floatingIp, new Setback(failures, reason, now.plus(pause)));
    return new MoveHistory(next, begun);
  }

  private MoveHistory without(long floatingIp) {
    var next = new HashMap<>(setbacks);
    next.remove(floatingIp);
    return new MoveHistory(next, begun);
  }
}
