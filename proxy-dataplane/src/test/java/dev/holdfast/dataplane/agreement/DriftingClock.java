package dev.holdfast.dataplane.agreement;

import dev.holdfast.dataplane.failover.VirtualQueue;
import java.time.Duration;
import java.time.Instant;

/**
 * A monotonic clock that runs too fast or too slow, from a beginning of its own.
 *
 * @param error how many true seconds its second has more than one
 */
public record DriftingClock(VirtualQueue queue, long beginning, double error) {

  public Moment now() {
    var passed = Duration.between(Instant.EPOCH, queue.now()).toNanos();
    return new Moment(beginning + (long) (passed / (1 + error)));
  }

  /** Rounded up: a timer never fires early. */
  public Duration trueTime(Duration local) {
    return Duration.ofNanos((long) (local.toNanos() * (1 + error)) + 2);
  }
}
