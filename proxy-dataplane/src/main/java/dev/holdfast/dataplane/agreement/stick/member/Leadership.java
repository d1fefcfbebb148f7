package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.vote.Ballots;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a member knows as a leader, or needs if it becomes one.
 *
 * @param leading as far as its log knows
 * @param members by whom the log counts its majorities; empty while not known
 * @param reigning null while the ledger heeds another process, or nobody
 */
record Leadership(
    boolean leading, Set<MemberId> members, Ballots ballots, @Nullable Reigning reigning) {

  Leadership {
    members = Set.copyOf(members);
  }

  static Leadership none() {
    return new Leadership(false, Set.of(), Ballots.none(), null);
  }

  Leadership leads(boolean next) {
    return new Leadership(next, members, ballots, reigning);
  }

  Leadership with(Set<MemberId> next) {
    return new Leadership(leading, next, ballots, reigning);
  }

  Leadership with(Ballots next) {
    return new Leadership(leading, members, next, reigning);
  }

  Leadership with(@Nullable Reigning next) {
    return new Leadership(leading, members, ballots, next);
  }
}
