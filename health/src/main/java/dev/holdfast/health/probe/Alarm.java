package dev.holdfast.health.probe;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Goes off once, at the instant that was set last. Confined to the thread of its timers. */
public final class Alarm {
  private final Timers timers;
  private final Runnable action;
  private Timers.@Nullable Timer timer;
  private @Nullable Instant at;

  public Alarm(Timers timers, Runnable action) {
    this.timers = timers;
    this.action = action;
  }

  /**
   * @param next null for never
   */
  public void set(@Nullable Instant next) {
    if (next != null && next.equals(at)) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    at = next;
    timer = next == null ? null : timers.after(Duration.between(timers.now(), next), this::goOff);
  }

  private void goOff() {
    timer = null;
    at = null;
    action.run();
  }
}
