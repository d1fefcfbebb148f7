package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.probe.ProbeResult.Success;
import dev.holdfast.health.process.ProcessCommand;
import dev.holdfast.health.process.ProcessResult;
import dev.holdfast.health.process.ProcessResult.CannotStart;
import dev.holdfast.health.process.ProcessResult.Exited;
import dev.holdfast.health.process.ProcessResult.Killed;
import dev.holdfast.health.process.ProcessResult.NoResources;
import dev.holdfast.health.process.ProcessResult.TimedOut;
import dev.holdfast.health.process.ProcessRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a program with host:port of the backend as its last argument, and in {@code
 * HOLDFAST_BACKEND}. Exit code 0 is a pass, everything else a failure.
 */
final class ExecProber {
  private static final int LONGEST_LINE = 160;

  private final ProcessRunner processes;

  ExecProber(ProcessRunner processes) {
    this.processes = processes;
  }

  Probe to(Address address, List<String> command) {
    var argv = new ArrayList<>(command);
    argv.add(address.toString());
    return timeout -> run(argv, address, timeout);
  }

  private CompletableFuture<ProbeResult> run(List<String> argv, Address address, Duration timeout) {
    var environment = Map.of("HOLDFAST_BACKEND", address.toString());
    var run = processes.run(new ProcessCommand(argv, environment, timeout));
    var result = run.thenApply(ExecProber::judge);
    var _ = result.whenComplete((ended, cancelled) -> run.cancel(false));
    return result;
  }

  private static ProbeResult judge(ProcessResult ended) {
    return switch (ended) {
      case Exited(var code, _, _) when code == 0 -> new Success();
      case Exited(_, var tail, _) -> new Failure(Kind.Unfit, ended.summary() + lastLine(tail));
      case Killed(_, var tail, _) -> new Failure(Kind.Unfit, ended.summary() + lastLine(tail));
      case TimedOut(var timeout, _) -> Timeouts.failure(timeout);
      case CannotStart _ -> new Failure(Kind.Other, ended.summary());
      case NoResources _ -> new Failure(Kind.NotAsked, ended.summary());
    };
  }

  private static String lastLine(String tail) {
    var line = tail.substring(tail.lastIndexOf('\n') + 1).strip();
    if (line.isEmpty()) {
      return "";
    }
    return ": " + (line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
  }
}
