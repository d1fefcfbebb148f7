package dev.holdfast.dataplane.relay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How many clients there are now, and a word when there are none any more; any thread. */
final class Occupancy {
  private final AtomicInteger clients = new AtomicInteger();
  private final AtomicReference<@Nullable CompletableFuture<Void>> empty = new AtomicReference<>();

  /** Takes one of {@code limit} places (0: no limit); each taken one is to be left once. */
  boolean enter(int limit) {
    if (clients.incrementAndGet() <= limit || limit == 0) {
      return true;
    }
    leave();
    return false;
  }

  void leave() {
    clients.decrementAndGet();
    completeIfEmpty();
  }

  int clients() {
    return clients.get();
  }

  /** Completes when nobody is left; somebody may enter again after that. */
  CompletionStage<Void> whenEmpty() {
    var next = new CompletableFuture<Void>();
    var before = empty.getAndSet(next);
    if (before != null) {
      next.thenAccept(before::complete);
    }
    completeIfEmpty();
    return next;
  }

  private void completeIfEmpty() {
    var waiting = empty.get();
    if (waiting != null && clients.get() == 0) {
      waiting.complete(null);
    }
  }
}
