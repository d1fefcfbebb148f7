package dev.holdfast.faults.check;

import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.HookBegun;
import dev.holdfast.faults.record.Observation.HookEnded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No client comes before the hooks of its epoch have ended; they do not run again after that, and
 * not twice at a time.
 */
final class HooksFirst {
  private static final String PROMISE = "hooks first";

  private final Epochs epochs;
  private final Map<Long, Long> admittedAt = new HashMap<>();
  private final Map<String, HookBegun> begun = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private long lastEnd = Long.MIN_VALUE;

  private HooksFirst(Epochs epochs) {
    this.epochs = epochs;
  }

  static List<Violation> check(
      List<Observation> inOrder, Epochs epochs, List<Connection> connections) {
    var check = new HooksFirst(epochs);
    connections.forEach(check::admit);
    inOrder.forEach(check::see);
    return check.violations;
  }

  private void admit(Connection connection) {
    for (var backend : connection.backends()) {
      var at = connection.acceptedAt();
      epochs
          .admitting(backend, at)
          .ifPresentOrElse(
              epoch -> admittedAt.merge(epoch.number(), at, Math::min),
              () ->
                  found(at, connection.name() + " came to " + backend + " before any hooks of it"));
    }
  }

  private void see(Observation observation) {
    switch (observation) {
      case HookBegun run -> {
        begun.put(run.run(), run);
        if (run.at() > admittedAt.getOrDefault(run.epoch(), Long.MAX_VALUE)) {
          found(run.at(), "hooks of epoch " + run.epoch() + " begin when clients are there");
        }
      }
      case HookEnded(var at, var epoch, var backend, var run) -> {
        if (begun.get(run).at() < lastEnd) {
          found(at, "run %s of the hooks of epoch %d beside another".formatted(run, epoch));
        }
        lastEnd = at;
      }
      case Observation _ -> {}
    }
  }

  private void found(long at, String what) {
    violations.add(new Violation(at, PROMISE, what));
  }
}
