package dev.holdfast.dataplane.agreement.group.place;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that goes on when a step fails, and says so: an executor by itself would say nothing,
 * and never again run what repeats. Used by any thread.
 */
final class GroupThread implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupThread.class);

  private final String resource;
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, task -> Thread.ofPlatform().name("holdfast-group").daemon().unstarted(task));

  GroupThread(String resource) {
    this.resource = resource;
  }

  @Override
  public void execute(Runnable step) {
    after(Duration.ZERO, step);
  }

  void after(Duration pause, Runnable step) {
    whileOpen(() -> executor.schedule(guarded(step), pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  void every(Duration pause, Runnable step) {
    whileOpen(() ->
        executor.scheduleWithFixedDelay(guarded(step), 0, pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** After the end nothing is left to be done. */
  private void whileOpen(Runnable schedule) {
    try {
      schedule.run();
    } catch (RejectedExecutionException e) {
      log.debug("{}: too late: {}", resource, Objects.toString(e.getMessage()));
    }
  }

  private Runnable guarded(Runnable step) {
    return () -> {
      try {
        step.run();
      } catch (RuntimeException e) {
        log.error("{}: a step of its group's thread failed; going on", resource, e);
      }
    };
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
