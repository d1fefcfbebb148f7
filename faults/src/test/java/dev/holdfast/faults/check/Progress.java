package dev.holdfast.faults.check;

import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.Answered;
import dev.holdfast.faults.record.Observation.Changed;
import dev.holdfast.faults.record.Observation.Opened;
import dev.holdfast.faults.record.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As soon as a majority can talk and reach a backend, clients are served again: by some replica;
 * and by every one when no fault is left. The deadline counts from the newest change of faults.
 */
final class Progress {
  private static final String PROMISE = "progress";

  private final long within;
  private final Map<String, String> replicas = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> waiting = new HashSet<>();
  private World world = World.calm(List.of(), List.of());
  private long deadline = Long.MAX_VALUE;

  private Progress(Duration within) {
    this.within = within.toNanos();
  }

  static List<Violation> check(List<Observation> inOrder, Duration within) {
    var check = new Progress(within);
    inOrder.forEach(check::see);
    return check.violations;
  }

  private void see(Observation observation) {
    if (observation.at() > deadline) {
      violations.add(
          new Violation(
              observation.at(),
              PROMISE,
              "nobody was served by %s for %d s; world: %s"
                  .formatted(waiting, within / 1_000_000_000, world)));
      waiting.clear();
      deadline = Long.MAX_VALUE;
    }
    switch (observation) {
      case Opened(var at, var connection, var replica) -> replicas.put(connection, replica);
      case Changed(var at, var next) -> change(at, next);
      case Answered(var at, var connection, var line, var backend) ->
          served(replicas.get(connection));
      case Observation _ -> {}
    }
  }

  private void change(long at, World next) {
    world = next;
    waiting.clear();
    if (next.servable()) {
      waiting.addAll(next.members());
    }
    deadline = waiting.isEmpty() ? Long.MAX_VALUE : at + within;
  }

  private void served(String replica) {
    if (world.calm()) {
      waiting.remove(replica);
    } else {
      waiting.clear();
    }
    if (waiting.isEmpty()) {
      deadline = Long.MAX_VALUE;
    }
  }
}
