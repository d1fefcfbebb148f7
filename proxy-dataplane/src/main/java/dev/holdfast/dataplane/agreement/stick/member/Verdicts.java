package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which checks of the groups fail: those that a majority of the voters finds failed. Where nothing
 * can be concluded, all stays as the ledger has it; so does a check of which it has heard nothing,
 * and that one passes.
 */
final class Verdicts {
  private static final int CAST_WITHIN_AGE = 3;

  /** In characters; it is kept in the log and in snapshots. */
  private static final int MOST_OF_A_REASON = 200;

  private Verdicts() {}

  /** Tells what this process found, so often that one may be lost before it is too old. */
  static Turn cast(Turn turn) {
    return turn.now().isBefore(castNext(turn))
        ? turn
        : turn.effect(new StickMemberEffect.Cast()).with(turn.state().cast(turn.now()));
  }

  static Moment castNext(Turn turn) {
    var last = turn.state().castAt();
    return last == null
        ? turn.now()
        : last.plus(turn.policy().verdictAge().dividedBy(CAST_WITHIN_AGE));
  }

  /** Of groups where the ledger says something else. An older configuration has other checks. */
  static Map<Integer, List<FailingCheck>> news(Turn turn) {
    if (turn.policy().generation() < turn.head().generation()) {
      return Map.of();
    }
    var news = new HashMap<Integer, List<FailingCheck>>();
    for (var group : turn.head().groups()) {
      var failing = failing(turn, group);
      if (!failing.equals(group.failing())) {
        news.put(group.id(), failing);
      }
    }
    return news;
  }

  private static List<FailingCheck> failing(Turn turn, GroupStanding group) {
    var failing = new ArrayList<FailingCheck>();
    for (var check : turn.policy().checks()) {
      if (check.group() == group.id() && check.onFail() != GroupState.Active) {
        failing(turn, group, check).ifPresent(failing::add);
      }
    }
    failing.sort(Comparator.comparing(FailingCheck::check));
    return failing;
  }

  private static Optional<FailingCheck> failing(
      Turn turn, GroupStanding group, StickMemberPolicy.Check check) {
    var votes = turn.state().votes(check, turn.policy(), turn.now());
    var before =
        group.failing().stream().filter(one -> one.check().equals(check.name())).findFirst();
    if (votes.lost()) {
      var counted =
          "%d of %d replicas find it failed".formatted(votes.unhealthy(), votes.members());
      return before
          .filter(one -> one.state() == check.onFail() && says(one, counted))
          .or(() -> Optional.of(new FailingCheck(check.name(), check.onFail(), counted)))
          .map(one -> says(one, counted + ": ") ? one : worded(turn, check, one, counted));
    }
    return votes.usable() ? Optional.empty() : before;
  }

  /** With the words that were found first: other words of the same votes are no news. */
  private static FailingCheck worded(
      Turn turn, StickMemberPolicy.Check check, FailingCheck counting, String counted) {
    return turn.state()
        .why(check, turn.policy(), turn.now())
        .map(why -> why.length() > MOST_OF_A_REASON ? why.substring(0, MOST_OF_A_REASON) : why)
        .map(why -> new FailingCheck(check.name(), counting.state(), counted + ": " + why))
        .orElse(counting);
  }

  private static boolean says(FailingCheck check, String beginning) {
    return check.why() != null && check.why().startsWith(beginning);
  }

  /** What is said of the checks of groups that the ledger may not know. */
  static Map<Integer, List<FailingCheck>> unproven(Turn turn) {
    var unproven = new HashMap<Integer, List<FailingCheck>>();
    for (var group : turn.policy().configuration().groups()) {
      if (turn.head().group(group.id()) == null) {
        unproven.put(group.id(), unproven(turn, group));
      }
    }
    return unproven;
  }

  private static List<FailingCheck> unproven(Turn turn, GroupPolicy group) {
    return turn.policy().checks().stream()
        .filter(check -> check.group() == group.id() && check.onFail() != GroupState.Active)
        .map(check -> new FailingCheck(check.name(), GroupState.Draining, null))
        .toList();
  }
}
