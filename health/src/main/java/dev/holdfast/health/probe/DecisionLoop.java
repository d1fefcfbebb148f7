package dev.holdfast.health.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread on which decisions are made, one after the other. Nothing that runs here blocks. Its
 * clock starts at the wall clock's time and goes on steadily, whatever happens to that one.
 */
public final class DecisionLoop implements Executor, Timers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DecisionLoop.class);

  private final ScheduledThreadPoolExecutor thread;
  private final Instant startedAt = Instant.now();
  private final long startedNanos = System.nanoTime();

  public DecisionLoop() {
    thread =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("holdfast-decisions").daemon().unstarted(task));
    thread.setRemoveOnCancelPolicy(true);
    thread.setRejectedExecutionHandler((task, executor) -> log.debug("closed: left out {}", task));
  }

  @Override
  public Instant now() {
    return startedAt.plusNanos(System.nanoTime() - startedNanos);
  }

  /** After closing, tasks are left out. */
  @Override
  public void execute(Runnable task) {
    thread.execute(() -> run(task));
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    var scheduled =
        thread.schedule(() -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a decision failed; this is a defect, please report it", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
