package dev.holdfast.dataplane.agreement.peer;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts those who were refused, and logs a few of them: the first of a reason, and then one in
 * some time, so that a flood of strangers does not become a flood of lines. One thread refuses.
 */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);
  private static final long SILENCE = Duration.ofSeconds(10).toNanos();

  private static final class Tally {
    final LongAdder count = new LongAdder();
    boolean logged;
    long loggedAt;
    long unlogged;
  }

  private final Map<RefusalReason, Tally> tallies = new EnumMap<>(RefusalReason.class);
  private final LongSupplier nanos;

  /**
   * @param nanos a monotonic clock
   */
  Refusals(LongSupplier nanos) {
    this.nanos = nanos;
    for (var reason : RefusalReason.values()) {
      tallies.put(reason, new Tally());
    }
  }

  void refuse(RefusalReason reason, String who, String message) {
    var tally = tallies.get(reason);
    if (tally == null) {
      throw new IllegalArgumentException("no tally of " + reason);
    }
    tally.count.increment();
    var now = nanos.getAsLong();
    if (tally.logged && now - tally.loggedAt < SILENCE) {
      tally.unlogged++;
      return;
    }
    var more = tally.unlogged == 0 ? "" : " (and " + tally.unlogged + " like it before)";
    log.warn("peers: {} is refused, {}: {}{}", who, reason, message, more);
    tally.logged = true;
    tally.loggedAt = now;
    tally.unlogged = 0;
  }

  Map<RefusalReason, Long> counts() {
    var counts = new EnumMap<RefusalReason, Long>(RefusalReason.class);
    tallies.forEach((reason, tally) -> counts.put(reason, tally.count.sum()));
    return counts;
  }
}
