package dev.holdfast.floatingip.fake;

import java.time.Duration;
import java.time.Instant;

/** The calls a project may make: filled evenly over an hour, and emptied by one for each. */
final class TokenBucket {
  private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private final int size;
  private double tokens;
  private Instant filledAt;

  TokenBucket(int size, Instant now) {
    this.size = size;
    this.tokens = size;
    this.filledAt = now;
  }

  boolean take(Instant now) {
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Leaves so many. */
  void drainTo(int left) {
    tokens = Math.min(left, size);
  }

  int size() {
    return size;
  }

  int remaining(Instant now) {
    fill(now);
    return (int) tokens;
  }

  /** When it is full again if nobody calls. */
  Instant fullAt(Instant now) {
    fill(now);
    return now.plusMillis((long) Math.ceil((size - tokens) * HOUR_MILLIS / size));
  }

  private void fill(Instant now) {
    var elapsed = Math.max(0, Duration.between(filledAt, now).toMillis());
    tokens = Math.min(size, tokens + elapsed * size / HOUR_MILLIS);
    filledAt = now.isAfter(filledAt) ? now : filledAt;
  }
}
