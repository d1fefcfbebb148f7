package dev.holdfast.dataplane.agreement.raft;

import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Up to which entry of the library's log all is applied here. Safe for use by many threads. */
final class AppliedIndex {
  private final TreeMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
  private long reached = -1;

  /** Done when everything up to that entry is applied. */
  synchronized CompletableFuture<Void> await(long entry) {
    if (entry <= reached) {
      return CompletableFuture.completedFuture(null);
    }
    return waiting.computeIfAbsent(entry, _ -> new CompletableFuture<>()).copy();
  }

  void reached(long entry) {
    TreeMap<Long, CompletableFuture<Void>> done;
    synchronized (this) {
      reached = Math.max(reached, entry);
      var head = waiting.headMap(reached, true);
      done = new TreeMap<>(head);
      head.clear();
    }
    done.values().forEach(future -> future.complete(null));
  }
}
