package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.ReplicatedLog.Applier;
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
 * Whoever has too much to tell waits. When a call fails there is no other after it.
 */
final class Callbacks<C, S> implements AutoCloseable {
  private static final int WAITING = 1024;

  private final CompletableFuture<Applier<C, S>> applier = new CompletableFuture<>();
  private final Consumer<Throwable> failed;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> Thread.ofPlatform().name("holdfast-log").daemon().unstarted(task),
          Callbacks::waitForRoom);
  private volatile boolean ended;

  /**
   * @param failed is told of the first call that fails
   */
  Callbacks(Consumer<Throwable> failed) {
    this.failed = failed;
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

  private static void waitForRoom(Runnable task, ThreadPoolExecutor thread) {
    try {
      if (thread.isShutdown()) {
        throw new RejectedExecutionException("the log is closed");
      }
      thread.getQueue().put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("ended while waiting for the applier", e);
    }
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
