package dev.holdfast.floatingip.hetzner;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time as calls and their repetitions see it. */
public interface Pacer {

  /** Never goes back, so that differences are durations. */
  Instant now();

  void pause(Duration time) throws InterruptedException;

  /** The machine's clock at its start, and the monotonic clock from then on. */
  static Pacer real() {
    var start = Instant.now();
    var origin = System.nanoTime();
    var never = new CountDownLatch(1);
    return new Pacer() {
      @Override
      public Instant now() {
        return start.plusNanos(System.nanoTime() - origin);
      }

      @Override
      public void pause(Duration time) throws InterruptedException {
        if (never.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
          throw new IllegalStateException("nobody counts down");
        }
      }
    };
  }
}
