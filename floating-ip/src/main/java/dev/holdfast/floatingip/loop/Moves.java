package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written, by floating IP.
 *
 * @param doubted a write may have happened: planned again once it was read later than this
 * @param settled where it is was learnt from a move at this time: an older poll does not count
 * @param refused why the newest write was refused, when it was the token; null when it was not
 */
record Moves(
    Map<Long, UnderWay> underWay,
    Map<Long, Instant> doubted,
    Map<Long, Instant> settled,
    MoveHistory history,
    @Nullable ApiFailure refused) {

  /**
   * @param revoked whether it writes no more
   */
  record UnderWay(Move move, boolean revoked) {}

  Moves {
    underWay = Map.copyOf(underWay);
    doubted = Map.copyOf(doubted);
    settled = Map.copyOf(settled);
  }

  static Moves none() {
    return new Moves(Map.of(), Map.of(), Map.of(), MoveHistory.empty(), null);
  }

  /** Whether a move of it may be planned. */
  boolean free(long floatingIp) {
    return !underWay.containsKey(floatingIp) && !doubted.containsKey(floatingIp);
  }

  Moves begin(Move move, Instant now) {
    var next = new HashMap<>(underWay);
    next.put(move.floatingIp(), new UnderWay(move, false));
    return new Moves(next, doubted, settled, history.begin(1, now), refused);
  }

  Moves revoke(long floatingIp) {
    var next = new HashMap<>(underWay);
    next.computeIfPresent(floatingIp, (_, one) -> new UnderWay(one.move(), true));
    return new Moves(next, doubted, settled, history, refused);
  }

  Moves ended(long floatingIp, MoveHistory newHistory, @Nullable ApiFailure newRefused) {
    var next = new HashMap<>(underWay);
    next.remove(floatingIp);
    return new Moves(next, doubted, settled, newHistory, newRefused);
  }

  Moves doubt(long floatingIp, Instant now) {
    var next = new HashMap<>(doubted);
    next.put(floatingIp, now);
    return new Moves(underWay, next, settled, history, refused);
  }

  Moves settle(long floatingIp, Instant now) {
    var next = new HashMap<>(settled);
    next.put(floatingIp, now);
    return new Moves(underWay, doubted, next, history, refused);
  }

  /** Whether a poll of that time does not know where the IP is. */
  boolean newerThan(long floatingIp, Instant readAt) {
    var at = settled.get(floatingIp);
    return underWay.containsKey(floatingIp) || (at != null && !at.isBefore(readAt));
  }

  /** A poll has told all that was written before it. */
  Moves read(Instant readAt, boolean wasAway) {
    var stillDoubted = new HashMap<>(doubted);
    stillDoubted.values().removeIf(at -> at.isBefore(readAt));
    var stillSettled = new HashMap<>(settled);
    stillSettled.values().removeIf(at -> at.isBefore(readAt));
    return new Moves(
        underWay,
        stillDoubted,
        stillSettled,
        wasAway ? history.withoutBackOff() : history,
        refused);
  }

  Moves withOtherSource() {
    return new Moves(underWay, doubted, settled, MoveHistory.empty(), null);
  }
}
