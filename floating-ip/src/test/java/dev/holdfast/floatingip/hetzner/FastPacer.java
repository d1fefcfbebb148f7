package dev.holdfast.floatingip.hetzner;

import java.time.Duration;
import java.time.Instant;

/** Time that goes ten times as fast, for client and cloud alike. */
public final class FastPacer implements Pacer {
  private static final int FACTOR = 10;

  private final Pacer real = Pacer.real();
  private final Instant start = real.now();

  @Override
  public Instant now() {
    return start.plus(Duration.between(start, real.now()).multipliedBy(FACTOR));
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    real.pause(time.dividedBy(FACTOR));
  }
}
