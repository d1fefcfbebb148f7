package dev.holdfast.floatingip.hetzner.model;

import java.time.Duration;
import java.time.Instant;

/**
 * The project's budget of calls, as the last answer told it: a bucket that is refilled evenly over
 * an hour, and shared with everything else that uses the project.
 *
 * @param limit calls that a full bucket holds
 * @param resetAt when it is full again if nobody calls
 * @param seenAt when the answer came
 */
public record RateLimit(int limit, int remaining, Instant resetAt, Instant seenAt) {
  private static final Duration REFILL = Duration.ofHours(1);

  /** What is left now, if nobody else called since. */
  public long available(Instant now) {
    var elapsed = Math.max(0, Duration.between(seenAt, now).toMillis());
    return Math.min(limit, remaining + elapsed * limit / REFILL.toMillis());
  }

  /** Until so many calls are available; zero when they are. */
  public Duration until(long wanted, Instant now) {
    var missing = Math.min(wanted, limit) - available(now);
    return missing <= 0 || limit <= 0
        ? Duration.ZERO
        : Duration.ofMillis(Math.ceilDiv(missing * REFILL.toMillis(), limit));
  }
}
