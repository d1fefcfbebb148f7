package dev.holdfast.dataplane.sticky;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a group serves, and why: the strictest of what anybody says of it.
 *
 * @param change null unless somebody gave it another state than the configuration
 * @param report null unless a server of it says that it is unwell
 * @param failing its checks that do not pass, by name, but for those that are to be ignored
 * @param since when that changed last whom it serves, in the table's seconds
 */
public record GroupStanding(
    GroupPolicy policy,
    @Nullable Change change,
    @Nullable SelfReport report,
    List<FailingCheck> failing,
    int since) {

  public GroupStanding {
    failing = failing.stream().sorted(Comparator.comparing(FailingCheck::check)).toList();
  }

  /**
   * A state that was given while it ran.
   *
   * @param instead of this one; when the configuration says something else, the change has ended
   */
  public record Change(GroupState state, GroupState instead) {}

  /**
   * @param until in the table's seconds
   * @param why for people
   */
  public record SelfReport(GroupState state, int until, String why) {}

  /**
   * @param state of the group meanwhile
   * @param why for people; null when it has no verdict yet
   */
  public record FailingCheck(String check, GroupState state, @Nullable String why) {
    Cause cause() {
      return why == null ? new Cause.Unknown() : new Cause.Check(check);
    }
  }

  static GroupStanding initial(GroupPolicy policy, int now) {
    return new GroupStanding(policy, null, null, List.of(), now);
  }

  private record Verdict(GroupState state, Cause cause, @Nullable String why) {
    /** The first of equally strict ones stays: what a person wants is looked at first. */
    Verdict or(GroupState other, Cause otherCause, @Nullable String otherWhy) {
      return other.compareTo(state) > 0 ? new Verdict(other, otherCause, otherWhy) : this;
    }
  }

  private Verdict verdict() {
    var verdict =
        new Verdict(wanted(), change == null ? new Cause.Spec() : new Cause.AtRuntime(), null);
    for (var check : failing) {
      verdict = verdict.or(check.state(), check.cause(), check.why());
    }
    return report == null
        ? verdict
        : verdict.or(report.state(), new Cause.Reported(), report.why());
  }

  public GroupState effective() {
    return verdict().state();
  }

  public Cause cause() {
    return verdict().cause();
  }

  /** What a person wants: by the configuration, or said since. */
  public GroupState wanted() {
    return change == null ? policy.wanted() : change.state();
  }

  /** What the cause says, for people; null when it says nothing more. */
  public @Nullable String why() {
    return verdict().why();
  }

  public int id() {
    return policy.id();
  }

  GroupStanding with(GroupPolicy next, int now) {
    var kept = change == null || change.instead() != next.wanted() ? null : change;
    return dated(new GroupStanding(next, kept, report, failing, since), now);
  }

  /**
   * @param state null for what the configuration says
   */
  GroupStanding changed(@Nullable GroupState state, int now) {
    var next = state == null ? null : new Change(state, policy.wanted());
    return dated(new GroupStanding(policy, next, report, failing, since), now);
  }

  /**
   * @param next null when it is well
   */
  GroupStanding reported(@Nullable SelfReport next, int now) {
    return dated(new GroupStanding(policy, change, next, failing, since), now);
  }

  GroupStanding judged(List<FailingCheck> next, int now) {
    return dated(new GroupStanding(policy, change, report, next, since), now);
  }

  private GroupStanding dated(GroupStanding next, int now) {
    return next.effective() == effective()
        ? next
        : new GroupStanding(next.policy, next.change, next.report, next.failing, now);
  }
}
