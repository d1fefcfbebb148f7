package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.vote.Ballots;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a member knows as a leader, or needs if it becomes one.
 *
 * @param since when it began to lead; null while it does not
 * @param members by whom the log counts its majorities; empty while not known
 * @param askedAt when verdicts were asked for last; null for never
 */
record Leadership(
    @Nullable Moment since, Set<MemberId> members, Ballots ballots, @Nullable Moment askedAt) {

  Leadership {
    members = Set.copyOf(members);
  }

  static Leadership none() {
    return new Leadership(null, Set.of(), Ballots.none(), null);
  }

  boolean leading() {
    return since != null;
  }

  Leadership leads(boolean leading, Moment now) {
    var next = leading ? (since == null ? now : since) : null;
    return new Leadership(next, members, ballots, askedAt);
  }

  Leadership with(Set<MemberId> next) {
    return new Leadership(since, next, ballots, askedAt);
  }

  Leadership with(Ballots next) {
    return new Leadership(since, members, next, askedAt);
  }

  Leadership asked(Moment now) {
    return new Leadership(since, members, ballots, now);
  }
}
