package dev.holdfast.dataplane.hooks;

import dev.holdfast.health.probe.Timers;
import dev.holdfast.health.process.ProcessRunner;
import dev.holdfast.health.reference.References;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the hooks of a change one after another, each until its timeout at the latest, on a thread
 * of their own. Safe for use by many threads.
 */
public final class HookRunner {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.hooks");

  private final ExecHook exec;
  private final HttpHook http;
  private final Timers clock;

  public HookRunner(ProcessRunner processes, References references, Timers clock) {
    this.exec = new ExecHook(processes);
    this.http = new HttpHook(references);
    this.clock = clock;
  }

  /** Hooks under way. */
  @FunctionalInterface
  public interface Running {
    /** Kills what runs and starts nothing more; the end is not reported then. */
    void cancel();
  }

  /**
   * How they ended.
   *
   * @param aborted the hook that failed and must not; null when clients may come
   */
  public record Report(List<HookRun> runs, @Nullable HookRun aborted) {
    public Report {
      runs = List.copyOf(runs);
    }
  }

  /**
   * @param mayBegin asked before each hook, because the process may have been stopped since the one
   *     before; when it may not, nothing more is started and the end is not reported
   * @param ended called once, on the thread of the hooks
   */
  public Running run(
      List<Hook> hooks, Change change, BooleanSupplier mayBegin, Consumer<Report> ended) {
    var due = hooks.stream().filter(hook -> hook.when().contains(change.trigger())).toList();
    var thread =
        Thread.ofVirtual()
            .name("holdfast-hooks " + change.resource())
            .start(() -> runAll(due, change, mayBegin, ended));
    return thread::interrupt;
  }

  private void runAll(
      List<Hook> hooks, Change change, BooleanSupplier mayBegin, Consumer<Report> ended) {
    var runs = new ArrayList<HookRun>();
    try {
      for (var hook : hooks) {
        if (!mayBegin.getAsBoolean()) {
          throw new InterruptedException("no right to run " + hook.name() + " any more");
        }
        var run = run(hook, change);
        runs.add(run);
        if (!run.succeeded() && hook.abort()) {
          ended.accept(new Report(runs, run));
          return;
        }
      }
      ended.accept(new Report(runs, null));
    } catch (InterruptedException e) {
      log.info("{}: hooks of epoch {} are cancelled", change.resource(), change.epoch());
    }
  }

  private HookRun run(Hook hook, Change change) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("cancelled before " + hook.name());
    }
    log.info(
        "{}: hook {} runs for {} ({}), epoch {}, {}",
        change.resource(),
        hook.name(),
        change.backend().name(),
        change.backend().endpoint(),
        change.epoch(),
        change.trigger());
    var deadline = Deadline.in(hook.timeout(), clock);
    var result =
        switch (hook.action()) {
          case HookAction.Exec command -> exec.run(hook, command, change, deadline);
          case HookAction.Http request -> http.run(request, change, deadline);
        };
    var run =
        new HookRun(
            hook.name(),
            change.backend().name(),
            result.code(),
            deadline.passed(),
            result.timedOut(),
            result.output(),
            result.why());
    tell(hook, change, run);
    return run;
  }

  private static void tell(Hook hook, Change change, HookRun run) {
    // One line: what the hook printed may have several.
    var said = run.output().isEmpty() ? "" : ". It said: " + run.output().replace("\n", "\\n");
    if (run.succeeded()) {
      log.info(
          "{}: hook {} ended with {} after {}ms{}",
          change.resource(),
          run.hook(),
          run.code(),
          run.took().toMillis(),
          said);
    } else {
      log.warn(
          "{}: hook {} failed after {}ms: {}; {}{}",
          change.resource(),
          run.hook(),
          run.took().toMillis(),
          run.why(),
          hook.abort() ? "another backend is chosen" : "the failover goes on",
          said);
    }
  }
}
