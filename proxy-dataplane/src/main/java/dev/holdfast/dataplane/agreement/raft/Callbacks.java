package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.ReplicatedLog.Applier;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls the applier, one call after the other, on a thread of its own; from when there is one.
 * Whoever has too much to tell waits, in bounded time. When a call fails, or none ends in that
 * time, there is no other after it.
 */
final class Callbacks<C, S> implements AutoCloseable {
  private static final int WAITING = 1024;

  private final CompletableFuture<Applier<C, S>> applier = new CompletableFuture<>();
  private final Consumer<Throwable> failed;
  private final Duration patience;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> Thread.ofPlatform().name("holdfast-log").daemon().unstarted(task),
          this::waitForRoom);
  private volatile boolean ended;

  /**
   * @param failed is told of the first call that fails, or has no room
   * @param patience how long a call waits for room while none ends
   */
  Callbacks(Consumer<Throwable> failed, Duration patience) {
    this.failed = failed;
    this.patience = patience;
  }

  void begin(Applier<C, S> first) {
    if (!applier.complete(first)) {
      throw new IllegalStateException("expected one applier, found a second or a closed log");
    }
  }

  <T> CompletableFuture<T> call(Function<Applier<C, S>, T> step) {
    return CompletableFuture.supplyAsync(() -> run(step), thread);
  }

  private <T> T run(Function<Applier<C, S>, T> step) {
    if (ended) {
      throw new CancellationException("the log has ended");
    }
    var next = applier.join();
    try {
      return step.apply(next);
    } catch (RuntimeException | Error e) {
      ended = true;
      failed.accept(e);
      throw e;
    }
  }

  private void waitForRoom(Runnable task, ThreadPoolExecutor pool) {
    try {
      if (pool.isShutdown()) {
        throw new RejectedExecutionException("the log is closed");
      }
      if (!pool.getQueue().offer(task, patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw stuck();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("ended while waiting for the applier", e);
    }
  }

  private RejectedExecutionException stuck() {
    ended = true;
    var why =
        new RejectedExecutionException(
            "%d calls wait for the applier, and none has ended for %s"
                .formatted(WAITING, patience));
    failed.accept(why);
    return why;
  }

  /** No call begins after this; what waits for one is told so. */
  void end() {
    ended = true;
    applier.cancel(false);
  }

  @Override
  public void close() {
    end();
    thread.shutdown();
  }
}
