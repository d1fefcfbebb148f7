package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.health.probe.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The timers' time, for threads that may block. */
record TimersPacer(Timers timers) implements Pacer {

  @Override
  public Instant now() {
    return timers.now();
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    var never = new CountDownLatch(1);
    if (never.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("nobody counts down");
    }
  }
}
