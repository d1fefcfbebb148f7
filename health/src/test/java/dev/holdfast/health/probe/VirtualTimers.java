package dev.holdfast.health.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until it is moved. */
final class VirtualTimers implements Timers {
  private record Due(Instant at, long order, Runnable task) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private Instant now = Instant.EPOCH;
  private long order;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    var due = new Due(now.plus(delay), order++, task);
    queue.add(due);
    return () -> queue.remove(due);
  }

  void advance(Duration by) {
    var end = now.plus(by);
    while (!queue.isEmpty() && !queue.peek().at().isAfter(end)) {
      var due = queue.remove();
      now = due.at();
      due.task().run();
    }
    now = end;
  }
}
