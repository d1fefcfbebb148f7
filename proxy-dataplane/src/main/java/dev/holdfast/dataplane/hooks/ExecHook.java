package dev.holdfast.dataplane.hooks;

import dev.holdfast.health.process.ProcessCommand;
import dev.holdfast.health.process.ProcessResult;
import dev.holdfast.health.process.ProcessRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a program, or the programs of a directory one after another. Blocks its thread. */
final class ExecHook {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.hooks");
  private static final int SIGNAL_BASE = 128;

  private final ProcessRunner processes;

  ExecHook(ProcessRunner processes) {
    this.processes = processes;
  }

  /**
   * All files of a directory run whatever becomes of the others, unless a failure gives the choice
   * up; the result is that of the first one that failed.
   *
   * @throws InterruptedException when cancelled; what ran has been killed then
   */
  ActionResult run(Hook hook, HookAction.Exec exec, Change change, Deadline deadline)
      throws InterruptedException {
    List<String> programs;
    try {
      programs = HookFiles.of(exec.command().getFirst());
    } catch (IOException e) {
      return ActionResult.failure("cannot read the directory: " + e.getMessage());
    }
    var result = ActionResult.success(0, "");
    for (var program : programs) {
      if (!result.succeeded() && hook.abort()) {
        return result;
      }
      var next = run(program, exec, change, deadline.left());
      if (programs.size() > 1 || !program.equals(exec.command().getFirst())) {
        tell(change, hook, program, next);
      }
      result = result.succeeded() ? next : result;
    }
    return result;
  }

  private ActionResult run(String program, HookAction.Exec exec, Change change, Duration left)
      throws InterruptedException {
    if (!left.isPositive()) {
      return ActionResult.timeout("", program + " was not started, the time was up");
    }
    var argv = new ArrayList<String>();
    argv.add(program);
    argv.addAll(exec.command().subList(1, exec.command().size()));
    argv.add(change.backend().endpoint());
    var running = processes.run(new ProcessCommand(argv, change.environment(), left));
    try {
      return result(running.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run of a program failed: " + program, e);
    } finally {
      running.cancel(true); // when this thread is interrupted; else it has ended
    }
  }

  private static ActionResult result(ProcessResult ended) {
    return switch (ended) {
      case ProcessResult.Exited(var code, var tail, var took) ->
          code == 0
              ? ActionResult.success(0, tail)
              : ActionResult.failure(code, tail, ended.summary());
      case ProcessResult.Killed(var signal, var tail, var took) ->
          ActionResult.failure(SIGNAL_BASE + signal, tail, ended.summary());
      case ProcessResult.TimedOut(var timeout, var tail) ->
          ActionResult.timeout(tail, ended.summary());
      case ProcessResult.CannotStart _, ProcessResult.NoResources _ ->
          ActionResult.failure(ended.summary());
    };
  }

  private static void tell(Change change, Hook hook, String program, ActionResult result) {
    if (result.succeeded()) {
      log.info("{}: hook {}: {} ended well", change.resource(), hook.name(), program);
    } else {
      log.warn("{}: hook {}: {}: {}", change.resource(), hook.name(), program, result.why());
    }
  }
}
