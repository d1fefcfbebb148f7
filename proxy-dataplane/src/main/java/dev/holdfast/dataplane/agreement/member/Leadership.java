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
 * @param stability of backends, while it leads
 * @param askedAt when verdicts were asked for last; null for never
 * @param doubtedAt when a member told last that it could not reach the primary; null for never
 * @param wish null while there is none
 */
record Leadership(
    @Nullable Moment since,
    Set<MemberId> members,
    Ballots ballots,
    Stability stability,
    @Nullable Moment askedAt,
    @Nullable Moment doubtedAt,
    @Nullable Wish wish) {

  Leadership {
    members = Set.copyOf(members);
  }

  static Leadership none() {
    return new Leadership(null, Set.of(), Ballots.none(), Stability.none(), null, null, null);
  }

  boolean leading() {
    return since != null;
  }

  Leadership leads(boolean leading, Moment now) {
    var next = leading ? (since == null ? now : since) : null;
    return new Leadership(
        next,
        members,
        ballots,
        leading ? stability : Stability.none(),
        askedAt,
        doubtedAt,
        leading ? wish : null);
  }

  Leadership with(Set<MemberId> next) {
    return new Leadership(since, next, ballots, stability, askedAt, doubtedAt, wish);
  }

  Leadership with(Ballots next) {
    return new Leadership(since, members, next, stability, askedAt, doubtedAt, wish);
  }

  Leadership with(Stability next) {
    return new Leadership(since, members, ballots, next, askedAt, doubtedAt, wish);
  }

  Leadership asked(Moment now) {
    return new Leadership(since, members, ballots, stability, now, doubtedAt, wish);
  }

  Leadership doubted(Moment now) {
    return new Leadership(since, members, ballots, stability, askedAt, now, wish);
  }

  Leadership with(@Nullable Wish next) {
    return new Leadership(since, members, ballots, stability, askedAt, doubtedAt, next);
  }
}
