package dev.holdfast.health.probe;

import dev.holdfast.health.CheckState;
import dev.holdfast.health.CheckState.Transition;
import dev.holdfast.health.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs one check again and again: the first time at once, never two runs at a time, each ended at
 * its timeout even when the probe hangs.
 *
 * <p>A run that could not ask, because this machine has no descriptor or process left, counts for
 * nothing.
 *
 * <p>A first run without an answer in time is repeated at once and counts for nothing: it may tell
 * more of a process that has just started than of the backend.
 *
 * <p>Confined to the executor, which must also be the thread that the timers run on.
 */
public final class CheckRunner implements AutoCloseable {

  /** What a runner needs from its surroundings. */
  public record Surroundings(Executor executor, Timers timers, RandomGenerator random) {}

  /** Told of every run, on the executor. */
  @FunctionalInterface
  public interface Listener {
    void observed(Transition transition);

    /** A run that counts for nothing. */
    default void notAsked(String why) {}
  }

  private final Probe probe;
  private final CheckSettings settings;
  private final Surroundings around;
  private final Listener listener;
  private CheckState state;
  private @Nullable CompletableFuture<ProbeResult> running;
  private Timers.@Nullable Timer next;
  private boolean repeated;
  private boolean closed;

  /**
   * @param before where the check stood, when it goes on with other settings
   */
  public CheckRunner(
      Probe probe,
      CheckSettings settings,
      CheckState before,
      Surroundings around,
      Listener listener) {
    this.probe = probe;
    this.settings = settings;
    this.state = before;
    this.around = around;
    this.listener = listener;
  }

  public void start() {
    around.executor().execute(this::run);
  }

  public CheckState state() {
    return state;
  }

  /** No listener call comes after this. */
  @Override
  public void close() {
    closed = true;
    if (next != null) {
      next.cancel();
    }
    if (running != null) {
      running.cancel(false);
    }
  }

  private void run() {
    if (closed) {
      return;
    }
    var startedAt = around.timers().now();
    var run = probe.run(settings.timeout());
    running = run;
    var deadline = around.timers().after(settings.timeout(), () -> run.complete(hung()));
    run.whenCompleteAsync(
        (result, broken) -> {
          deadline.cancel();
          if (!closed) {
            ended(broken == null ? result : broken(broken), startedAt);
          }
        },
        around.executor());
  }

  private void ended(ProbeResult result, Instant startedAt) {
    running = null;
    if (tooEarly(result)) {
      repeated = true;
      run();
      return;
    }
    if (result instanceof ProbeResult.Failure(var kind, var why)
        && kind == ProbeResult.Kind.NotAsked) {
      next = around.timers().after(pause(startedAt), this::run);
      listener.notAsked(why);
      return;
    }
    var transition = state.observe(observation(result), settings.thresholds());
    state = transition.next();
    next = around.timers().after(pause(startedAt), this::run);
    listener.observed(transition);
  }

  private boolean tooEarly(ProbeResult result) {
    return !repeated
        && state.equals(CheckState.unknown())
        && result instanceof ProbeResult.Failure(var kind, _)
        && kind == ProbeResult.Kind.Timeout;
  }

  private Duration pause(Instant startedAt) {
    var due = startedAt.plus(settings.schedule().next(state, around.random()));
    var left = Duration.between(around.timers().now(), due);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private ProbeResult hung() {
    return Timeouts.failure(settings.timeout());
  }

  private static ProbeResult broken(Throwable cause) {
    return new ProbeResult.Failure(ProbeResult.Kind.Other, "the probe itself failed: " + cause);
  }

  private static Observation observation(ProbeResult result) {
    return switch (result) {
      case ProbeResult.Success(var warning) -> new Observation.Passed(warning);
      case ProbeResult.Failure(var kind, var message) -> new Observation.Failed(message);
    };
  }
}
