package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;
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
    var state = turn.state();
    times.add(Verdicts.castNext(turn));
    if (state.renewals().lease() != null) {
      times.add(state.renewals().lease().until());
    }
    var renewal = Duties.renewalDue(turn);
    if (renewal != null && Duties.mayRenew(turn)) {
      times.add(renewal);
    }
    var retry = turn.policy().terms().renewEvery();
    state.proposed().values().forEach(at -> times.add(at.plus(retry)));
    if (state.leads()) {
      leader(turn, times);
    }
    return times.stream()
        .filter(time -> turn.now().isBefore(time))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static void leader(Turn turn, List<Moment> times) {
    var ended = turn.policy().terms().endedAfter();
    turn.state().sightings().seenAt().values().forEach(at -> times.add(at.plus(ended)));
    var reigning = turn.state().leadership().reigning();
    if (reigning != null) {
      times.add(reigning.next(turn.now()));
    }
  }
}
