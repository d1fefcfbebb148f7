package dev.holdfast.dataplane.relay;

import java.util.concurrent.TimeUnit;

/**
 * A rate that is not exceeded: one turn each {@code 1/rate} seconds. A late caller catches up by a
 * twentieth of a second's turns at most. Not safe for use by many threads.
 */
final class Pace {
  private static final long CATCH_UP = TimeUnit.MILLISECONDS.toNanos(50);

  private final long interval;
  private long next;

  /**
   * @param perSecond 1 or more
   * @param now in nanoseconds; the first turn is now
   */
  Pace(int perSecond, long now) {
    interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    next = now;
  }

  /** Takes a turn, if one is due. */
  boolean take(long now) {
    var late = now - next;
    if (late < 0) {
      return false;
    }
    next += Math.max(0, late - CATCH_UP) + interval;
    return true;
  }

  /** When the next turn is due. */
  long next() {
    return next;
  }
}
