package dev.holdfast.health.probe;

import java.time.Duration;
import java.time.Instant;

/** Tells the time and runs tasks later: the real clock's way, or a test's. */
public interface Timers {

  /** Never goes back, so that differences are durations. */
  Instant now();

  Timer after(Duration delay, Runnable task);

  /** A task that has not run yet. */
  interface Timer {

    /** Does nothing once the task has begun. */
    void cancel();
  }
}
