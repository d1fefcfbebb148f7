package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Search;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Failback;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For how long backends have been usable for a majority without a break, as this leader saw it. The
 * next leader begins anew.
 *
 * @param streaks of those that are usable now
 */
record Stability(Map<String, Streak> streaks) {

  /**
   * @param since when it became usable, or when its hooks gave it up later
   * @param givenUp whether its hooks did, and it was not chosen again since
   */
  record Streak(Moment since, boolean givenUp) {}

  Stability {
    streaks = Map.copyOf(streaks);
  }

  static Stability none() {
    return new Stability(Map.of());
  }

  /** Looks at the votes as they are now. */
  static Turn observe(Turn turn) {
    var leadership = turn.state().leadership();
    var next = leadership.stability().observed(turn);
    return next.equals(leadership.stability())
        ? turn
        : turn.with(turn.state().with(leadership.with(next)));
  }

  private Stability observed(Turn turn) {
    if (!turn.state().leads() || turn.policy().failback() instanceof Failback.Never) {
      return none();
    }
    var next = new HashMap<String, Streak>();
    for (var candidate : turn.policy().candidates()) {
      var name = candidate.name();
      if (turn.votes(name).usable()) {
        next.put(name, streak(turn, name));
      }
    }
    return new Stability(next);
  }

  private Streak streak(Turn turn, String name) {
    var before = streaks.getOrDefault(name, new Streak(turn.now(), false));
    var office = turn.ledger().office();
    if (office.chosen().map(Tenure::name).filter(name::equals).isPresent()) {
      return new Streak(before.since(), false);
    }
    var givenUp =
        office instanceof Office.Vacant(Search search) && search.discarded().contains(name);
    return givenUp && !before.givenUp() ? new Streak(turn.now(), true) : before;
  }

  /**
   * When a backend has been usable for long enough to take over; null while it is not usable. Whose
   * hooks gave it up waits as long as the longest pause between two rounds, lest clients are cut
   * for it again and again.
   */
  @Nullable Moment takesOverAt(Candidate candidate, MemberPolicy policy) {
    var streak = streaks.get(candidate.name());
    if (streak == null) {
      return null;
    }
    var stableFor =
        policy.failback() instanceof Failback.AfterStable(var wanted) ? wanted : Duration.ZERO;
    var longest = policy.backoff().max();
    var wait = streak.givenUp() && stableFor.compareTo(longest) < 0 ? longest : stableFor;
    return streak.since().plus(wait);
  }
}
