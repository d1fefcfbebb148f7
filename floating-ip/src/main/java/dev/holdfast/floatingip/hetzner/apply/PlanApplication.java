package dev.holdfast.floatingip.hetzner.apply;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.assign.Outcome.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Applies the moves of one plan, several at a time; no two of a plan are of the same IP. One that
 * fails leaves the others alone, unless it is the token that fails: then those that have not begun
 * do not begin.
 */
public final class PlanApplication {
  private final Assigner assigner;
  private final int parallelism;

  /**
   * @param parallelism moves at a time, from 1
   */
  public PlanApplication(Assigner assigner, int parallelism) {
    this.assigner = assigner;
    this.parallelism = parallelism;
  }

  /**
   * @param outcome of a move that did not begin: {@link Outcome.Stopped}
   */
  public record Result(Move move, Outcome outcome) {}

  /** Blocks until every move ended, each within its own bounds. */
  public List<Result> apply(List<Move> moves, WritePermit permit) throws InterruptedException {
    var tokenFails = new AtomicBoolean();
    WritePermit each = () -> !tokenFails.get() && permit.granted();
    var runs = moves.stream().map(move -> run(move, each, tokenFails)).toList();
    try (var threads =
        Executors.newFixedThreadPool(
            parallelism, Thread.ofVirtual().name("assign-", 0).factory())) {
      try {
        return results(threads.invokeAll(runs));
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private Callable<Result> run(Move move, WritePermit permit, AtomicBoolean tokenFails) {
    return () -> {
      if (!permit.granted()) {
        return new Result(move, new Outcome.Stopped(false));
      }
      var outcome = assigner.run(move, permit);
      if (outcome instanceof Outcome.Failed(Cause.Call(var failure), _)
          && failure.concernsToken()) {
        tokenFails.set(true);
      }
      return new Result(move, outcome);
    };
  }

  private static List<Result> results(List<Future<Result>> ended) throws InterruptedException {
    var results = new ArrayList<Result>();
    for (var future : ended) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a move ended with a defect", e.getCause());
      }
    }
    return results;
  }
}
