package dev.holdfast.faults.check;

import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.HookBegun;
import dev.holdfast.faults.record.Observation.Started;
import dev.holdfast.faults.record.Observation.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Epochs only grow, and each has one primary. */
final class GrowingEpochs {
  private static final String PROMISE = "epochs only grow";

  private final Map<Long, String> primaries = new HashMap<>();
  private final Map<String, Long> told = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private long newest;

  private GrowingEpochs() {}

  static List<Violation> check(List<Observation> inOrder) {
    var check = new GrowingEpochs();
    inOrder.forEach(check::see);
    return check.violations;
  }

  private void see(Observation observation) {
    switch (observation) {
      case HookBegun(var at, var epoch, var backend, var run) -> {
        expectNoOlder(at, "hooks", epoch, newest);
        newest = Math.max(epoch, newest);
        expectOnePrimary(at, epoch, backend);
      }
      case Told(var at, var replica, var epoch, var backend) -> {
        expectNoOlder(at, replica, epoch, told.getOrDefault(replica, 0L));
        told.merge(replica, epoch, Math::max);
        expectOnePrimary(at, epoch, backend);
      }
      // It reads its log from the beginning.
      case Started(var at, var replica) -> told.remove(replica);
      case Observation _ -> {}
    }
  }

  private void expectNoOlder(long at, String who, long epoch, long before) {
    if (epoch < before) {
      violations.add(
          new Violation(at, PROMISE, "%s: epoch %d after %d".formatted(who, epoch, before)));
    }
  }

  private void expectOnePrimary(long at, long epoch, String backend) {
    var known = primaries.putIfAbsent(epoch, backend);
    if (known != null && !known.equals(backend)) {
      violations.add(
          new Violation(at, PROMISE, "epoch %d of %s and %s".formatted(epoch, known, backend)));
    }
  }
}
