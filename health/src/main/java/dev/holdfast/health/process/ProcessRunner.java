package dev.holdfast.health.process;

import dev.holdfast.health.process.ProcessResult.CannotStart;
import dev.holdfast.health.process.ProcessResult.NoResources;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs, each with a deadline, in a session of its own, without standard input. Safe for
 * use by many threads; callers never wait.
 *
 * <p>When a run ends, its whole process group gets SIGKILL: children that a program leaves behind
 * do not outlive it, unless they made a session of their own. There is no SIGTERM before: what has
 * used up its time gets no more.
 *
 * <p>{@value #PLACES} programs run at a time. So many must hang at once before another one has to
 * wait, and that wait ends at its own deadline with a result that says so.
 */
public final class ProcessRunner implements AutoCloseable {
  public static final int PLACES = 256;
  private static final int WAITING = 4096;
  private static final long STACK_BYTES = 128 * 1024;

  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          PLACES,
          PLACES,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          task -> thread("holdfast-process", task));
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, task -> thread("holdfast-process-timers", task));
  private final Set<ProcessRun> running = ConcurrentHashMap.newKeySet();

  public ProcessRunner() {
    workers.allowCoreThreadTimeOut(true);
    timers.setRemoveOnCancelPolicy(true);
    timers.setKeepAliveTime(10, TimeUnit.SECONDS);
    timers.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(String name, Runnable task) {
    var thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** Cancelling the future kills the program. It never completes later than the timeout. */
  public CompletableFuture<ProcessResult> run(ProcessCommand command) {
    try {
      var run = new ProcessRun(command, timers);
      running.add(run);
      var _ = run.result().whenComplete((ended, cancelled) -> running.remove(run));
      workers.execute(run);
      return run.result();
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(rejection());
    } catch (OutOfMemoryError noThread) {
      return CompletableFuture.completedFuture(
          new NoResources(String.valueOf(noThread.getMessage())));
    }
  }

  private ProcessResult rejection() {
    return workers.isShutdown()
        ? new CannotStart("this process is shutting down")
        : new NoResources(PLACES + " programs run and " + WAITING + " wait already");
  }

  /** Kills what runs. The threads end by themselves. */
  @Override
  public void close() {
    workers.shutdown();
    running.forEach(
        run -> run.result().complete(new CannotStart("ended: this process is shutting down")));
  }
}
