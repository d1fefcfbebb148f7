package dev.holdfast.dataplane.agreement.raft;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/**
 * Fails what takes too long. One timer ticks for all of them, while there are any: one for each
 * would wake its thread twice for each. Safe for use by many threads.
 */
final class Deadlines {
  /** In one patience. */
  private static final int TICKS = 4;

  private static final class Waiting {
    final CompletableFuture<?> future;
    final long since;

    Waiting(CompletableFuture<?> future, long since) {
      this.future = future;
      this.since = since;
    }
  }

  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();
  private final Duration patience;
  private final Later later;
  private volatile long ticks;
  private boolean ticking;

  Deadlines(Duration patience, Later later) {
    this.patience = patience;
    this.later = later;
  }

  /**
   * The same future, which fails with a {@link TimeoutException} when it takes longer than the
   * patience; it may be a quarter less.
   */
  <T> CompletableFuture<T> bound(CompletableFuture<T> future) {
    if (!future.isDone()) {
      var waiting = new Waiting(future, ticks);
      all.add(waiting);
      future.whenComplete((_, _) -> all.remove(waiting));
      goOn();
    }
    return future;
  }

  private synchronized void goOn() {
    if (!ticking && !all.isEmpty()) {
      ticking = true;
      later.run(this::tick, patience.dividedBy(TICKS));
    }
  }

  private void tick() {
    synchronized (this) {
      ticking = false;
      ticks++;
    }
    for (var waiting : all) {
      if (ticks - waiting.since >= TICKS) {
        waiting.future.completeExceptionally(new TimeoutException("not within " + patience));
      }
    }
    goOn();
  }
}
