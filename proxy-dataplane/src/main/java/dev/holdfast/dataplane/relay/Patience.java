package dev.holdfast.dataplane.relay;

import java.time.Duration;

/**
 * How long a client may wait, counted from when it had to wait first; reasons to wait may change
 * meanwhile. On the client's event loop only.
 */
final class Patience extends TimerWheel.Entry {
  private final TimerWheel deadlines;
  private final Runnable over;
  private boolean begun;
  private long since;

  /**
   * @param over what happens when it is over
   */
  Patience(TimerWheel deadlines, Runnable over) {
    this.deadlines = deadlines;
    this.over = over;
  }

  /** The next wait is the first one again. */
  void forget() {
    begun = false;
  }

  /** Waits for so long since the first wait; false when that time is over. */
  boolean lasts(Duration limit) {
    var now = deadlines.now();
    if (!begun) {
      begun = true;
      since = now;
    }
    var end = since + limit.toNanos();
    if (end - now <= 0) {
      return false;
    }
    deadlines.schedule(this, end);
    return true;
  }

  void stop() {
    deadlines.cancel(this);
  }

  @Override
  void expired() {
    over.run();
  }
}
