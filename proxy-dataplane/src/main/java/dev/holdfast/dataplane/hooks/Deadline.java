package dev.holdfast.dataplane.hooks;

import dev.holdfast.health.probe.Timers;
import java.time.Duration;
import java.time.Instant;

/** The end of the time that something may take. */
record Deadline(Timers clock, Instant start, Instant end) {

  static Deadline in(Duration time, Timers clock) {
    var now = clock.now();
    return new Deadline(clock, now, now.plus(time));
  }

  /** Not positive when the time is up. */
  Duration left() {
    return Duration.between(clock.now(), end);
  }

  Duration passed() {
    return Duration.between(start, clock.now());
  }
}
