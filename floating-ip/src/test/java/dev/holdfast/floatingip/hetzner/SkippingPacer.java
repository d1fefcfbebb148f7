package dev.holdfast.floatingip.hetzner;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Time that goes as fast as it does, and jumps over pauses, for one who pauses and all others. */
public final class SkippingPacer implements Pacer {
  private final Pacer real = Pacer.real();
  private final AtomicReference<Duration> skipped = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant now() {
    return real.now().plus(skipped.get());
  }

  @Override
  public void pause(Duration time) {
    skipped.updateAndGet(before -> before.plus(time));
  }
}
