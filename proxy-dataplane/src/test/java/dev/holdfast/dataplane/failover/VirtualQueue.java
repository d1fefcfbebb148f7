package dev.holdfast.dataplane.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Things that will happen, in virtual time. */
public final class VirtualQueue {
  private record Due(Instant at, long order, Runnable task) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      var byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private Instant now = Instant.EPOCH;
  private long order;

  public Instant now() {
    return now;
  }

  public void after(Duration delay, Runnable task) {
    queue.add(new Due(now.plus(delay), order++, task));
  }

  public void runUntil(Instant end) {
    while (!queue.isEmpty() && !queue.peek().at().isAfter(end)) {
      var due = queue.remove();
      now = due.at();
      due.task().run();
    }
    now = end;
  }
}
