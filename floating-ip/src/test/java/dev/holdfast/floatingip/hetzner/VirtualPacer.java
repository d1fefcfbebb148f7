package dev.holdfast.floatingip.hetzner;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Time that passes only by pauses, which take none. */
public final class VirtualPacer implements Pacer {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  public Instant now() {
    return now.get();
  }

  @Override
  public void pause(Duration time) {
    now.updateAndGet(at -> at.plus(time));
  }
}
