package dev.holdfast.dataplane.agreement.raft;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs something later, on a thread that it must not hold up. */
interface Later {
  void run(Runnable task, Duration delay);

  /** On a thread that the whole process shares. */
  static Later shared() {
    return (task, delay) ->
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
            .execute(task);
  }
}
