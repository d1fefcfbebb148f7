package dev.holdfast.health.process;

import dev.holdfast.health.process.ProcessResult.CannotStart;
import dev.holdfast.health.process.ProcessResult.Exited;
import dev.holdfast.health.process.ProcessResult.Killed;
import dev.holdfast.health.process.ProcessResult.NoResources;
import dev.holdfast.health.process.ProcessResult.TimedOut;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a program. However its result comes about (the program's end, the deadline, being
 * cancelled), the process group is killed then.
 */
final class ProcessRun implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ProcessRun.class);

  /** How long output is still read when the program has ended and one that got away holds it. */
  private static final Duration LINGER = Duration.ofMillis(200);

  private static final int SIGNAL_BASE = 128;
  private static final int LAST_SIGNAL = 64;

  private final ProcessCommand command;
  private final ScheduledExecutorService timers;
  private final CompletableFuture<ProcessResult> result = new CompletableFuture<>();
  private final OutputTail tail = new OutputTail();
  private boolean begun;
  private @Nullable Process leader;

  ProcessRun(ProcessCommand command, ScheduledExecutorService timers) {
    this.command = command;
    this.timers = timers;
    var deadline =
        timers.schedule(this::timedOut, command.timeout().toNanos(), TimeUnit.NANOSECONDS);
    result.whenComplete((ended, cancelled) -> {
      deadline.cancel(false);
      killGroup();
    });
  }

  CompletableFuture<ProcessResult> result() {
    return result;
  }

  /** Blocks until the program has ended; on a thread of its own. */
  @Override
  public void run() {
    synchronized (this) {
      if (result.isDone()) {
        return;
      }
      begun = true;
    }
    var problem =
        Executable.problem(
            command.argv().getFirst(), System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    if (problem.isPresent()) {
      result.complete(new CannotStart(problem.get()));
      return;
    }
    try (var output = OutputPipe.open()) {
      var startedNanos = System.nanoTime();
      var started = start(output);
      readAll(output);
      var code = started.waitFor();
      result.complete(ended(code, Duration.ofNanos(System.nanoTime() - startedNanos)));
    } catch (IOException e) {
      var reason = String.valueOf(e.getMessage());
      result.complete(Shortage.causes(e) ? new NoResources(reason) : new CannotStart(reason));
    } catch (OutOfMemoryError noThread) {
      result.complete(new NoResources(String.valueOf(noThread.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      result.complete(new CannotStart("interrupted: this process is shutting down"));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private Process start(OutputPipe output) throws IOException {
    var builder =
        new ProcessBuilder(inOwnSession(command.argv()))
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(output.target());
    builder.environment().putAll(command.environment());
    var started = builder.start();
    synchronized (this) {
      leader = started;
    }
    output.closeWriteEnd();
    if (result.isDone()) {
      killGroup();
    }
    var _ = started.onExit().thenRun(() -> leaderEnded((int) started.pid(), output));
    return started;
  }

  /** The JDK cannot start a session; setsid replaces itself by the program and keeps its pid. */
  private static List<String> inOwnSession(List<String> argv) {
    var whole = new ArrayList<>(List.of("setsid", "--"));
    whole.addAll(argv);
    return whole;
  }

  private void readAll(OutputPipe output) throws IOException {
    try {
      tail.readAll(output.reader());
    } catch (ClosedChannelException e) {
      log.debug("a child of {} got away with its output", command.argv().getFirst(), e);
    }
  }

  private void leaderEnded(int group, OutputPipe output) {
    synchronized (this) {
      killGroup();
      leader = null; // from here on its number may come to mean somebody else
    }
    var _ = timers.schedule(() -> cleanUp(group, output), LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void cleanUp(int group, OutputPipe output) {
    Posix.reapGroup(group);
    try {
      output.close();
    } catch (IOException e) {
      log.debug("closing the reader of a program's output failed", e);
    }
  }

  private void timedOut() {
    boolean started;
    synchronized (this) {
      started = begun;
    }
    result.complete(
        started
            ? new TimedOut(command.timeout(), tail.text())
            : new NoResources(
                "no free place within %dms: %d programs were running"
                    .formatted(command.timeout().toMillis(), ProcessRunner.PLACES)));
  }

  /** The leader by itself, too: it may not have begun its session yet. */
  private synchronized void killGroup() {
    if (leader != null) {
      Posix.killGroup((int) leader.pid());
      leader.destroyForcibly();
    }
  }

  private ProcessResult ended(int code, Duration took) {
    var signal = code - SIGNAL_BASE;
    return signal > 0 && signal <= LAST_SIGNAL
        ? new Killed(signal, tail.text(), took)
        : new Exited(code, tail.text(), took);
  }
}
