package dev.holdfast.operator.dataplane;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double up to a bound, each shortened by up to half, so that no two march in step. */
final class Backoff {

  private final Duration first;
  private final Duration max;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration first, Duration max, RandomGenerator random) {
    this.first = first;
    this.max = max;
    this.random = random;
    this.next = first;
  }

  Duration next() {
    var whole = next;
    var doubled = next.multipliedBy(2);
    next = doubled.compareTo(max) > 0 ? max : doubled;
    return whole.minusNanos(random.nextLong(whole.toNanos() / 2 + 1));
  }

  void reset() {
    next = first;
  }
}
