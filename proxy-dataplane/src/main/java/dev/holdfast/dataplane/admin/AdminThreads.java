package dev.holdfast.dataplane.admin;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads for what may not run on the event loop. None is started before it is needed. */
final class AdminThreads implements AutoCloseable {
  private static final int WAITING = 4;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          new DefaultThreadFactory("admin-config", true));
  private final ScheduledThreadPoolExecutor refresher =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("admin-files", true));

  AdminThreads() {
    worker.allowCoreThreadTimeOut(true);
  }

  /** One task at a time, in order; refuses a task when a few wait already. */
  Executor worker() {
    return worker;
  }

  void repeat(Runnable task, Duration every) {
    refresher.scheduleWithFixedDelay(task, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    refresher.shutdownNow();
    worker.shutdownNow();
  }
}
