package dev.holdfast.health;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a check runs again, counted from the start of the run before. The first run is at once.
 *
 * @param interval between runs while the verdict stands
 * @param fastInterval between runs in transition; never slower than {@code interval}
 */
public record Schedule(Duration interval, Duration fastInterval) {
  private static final double SPREAD = 0.1;

  /** The next pause, spread evenly over ±10 %, so that many checks do not run in step. */
  public Duration next(CheckState state, RandomGenerator random) {
    var pause =
        state.inTransition() && fastInterval.compareTo(interval) < 0 ? fastInterval : interval;
    var factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofNanos(Math.round(pause.toNanos() * factor));
  }
}
