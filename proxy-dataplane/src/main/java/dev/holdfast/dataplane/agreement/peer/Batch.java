package dev.holdfast.dataplane.agreement.peer;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Takes things from many threads to one, as many at a time as there are, so that they share a
 * flush. Whoever adds sees to it that they are not too many.
 */
final class Batch<T> {
  private final Queue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private final Executor loop;
  private final Consumer<T> each;
  private final Runnable end;

  /**
   * @param loop runs {@code each} for all that was added, and then {@code end}
   */
  Batch(Executor loop, Consumer<T> each, Runnable end) {
    this.loop = loop;
    this.each = each;
    this.end = end;
  }

  /**
   * @throws java.util.concurrent.RejectedExecutionException when the loop has ended
   */
  void add(T thing) {
    queue.add(thing);
    if (due.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    due.set(false);
    for (var thing = queue.poll(); thing != null; thing = queue.poll()) {
      each.accept(thing);
    }
    end.run();
  }
}
