package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.lease.Lease;
import dev.holdfast.dataplane.agreement.ledger.Office;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the machine has something to do that only time brings about. What was due by now has been
 * done in this step, so that only later times count.
 */
final class Waking {
  private Waking() {}

  static @Nullable Moment at(Turn turn) {
    var times = new ArrayList<Moment>();
    rights(turn, times);
    if (Duties.mayRenew(turn)) {
      var due = turn.state().renewals().due(turn.ledger().fence(), turn.policy().terms());
      times.add(due == null ? turn.now() : due);
    }
    var retry = turn.policy().terms().renewEvery();
    turn.state().proposed().values().forEach(at -> times.add(at.plus(retry)));
    if (turn.state().leadership().leading()) {
      leader(turn, times);
    }
    return times.stream()
        .filter(time -> turn.now().isBefore(time))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static void rights(Turn turn, List<Moment> times) {
    var state = turn.state();
    if (state.renewals().lease() instanceof Lease(var fence, var until)) {
      times.add(until);
    }
    if (state.hooks() instanceof HookRun.Running(var run, var fence, var deadline)) {
      times.add(deadline);
    }
    var own = state.leadership().ballots().cast().get(state.self().member());
    if (own != null) {
      times.add(own.at().plus(turn.policy().verdictAge()));
    }
  }

  private static void leader(Turn turn, List<Moment> times) {
    var witness = turn.state().witness();
    var ended = turn.policy().terms().endedAfter();
    witness.granted().seenAt().values().forEach(at -> times.add(at.plus(ended)));
    var wish = turn.state().leadership().wish();
    if (wish != null) {
      times.add(wish.since().plus(turn.policy().verdictAge()));
    }
    Failbacks.wake(turn, times);
    Inquiry.wake(turn, times);
    if (turn.ledger().office() instanceof Office.Vacant(var search)) {
      times.add(Primacy.toldBy(turn));
      times.add(Primacy.patientUntil(turn));
      times.add(Primacy.pause(turn, search));
    }
  }
}
