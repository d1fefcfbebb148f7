package dev.holdfast.floatingip.web;

import dev.holdfast.floatingip.hetzner.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when the test says so; whoever pauses is waited for. */
public final class SteppedPacer implements Pacer {
  private static final long PATIENCE_MILLIS = 10_000;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<Instant> sleepers = new ArrayList<>();

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void pause(Duration time) throws InterruptedException {
    var end = now.plus(time);
    sleepers.add(end);
    notifyAll();
    try {
      while (now.isBefore(end)) {
        wait();
      }
    } finally {
      sleepers.remove(end);
    }
  }

  /** Lets time pass once somebody pauses, and returns for how long that one wanted to. */
  public synchronized Duration passOnePause() throws InterruptedException {
    var deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (sleepers.stream().noneMatch(now::isBefore)) {
      var left = deadline - System.currentTimeMillis();
      if (left <= 0) {
        throw new AssertionError("nobody pauses");
      }
      wait(left);
    }
    var end = sleepers.stream().filter(now::isBefore).min(Instant::compareTo).orElseThrow();
    var length = Duration.between(now, end);
    now = end;
    notifyAll();
    return length;
  }
}
