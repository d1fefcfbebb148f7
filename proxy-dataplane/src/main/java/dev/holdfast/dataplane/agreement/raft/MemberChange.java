package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One step from the members that are to those that shall be. */
final class MemberChange {

  private MemberChange() {}

  /**
   * A peer that has another disk takes its own place at once: with both in the group, the one that
   * is gone would count as one that fails. The one who asks leaves last.
   *
   * @return the members after the next step; empty when nothing is left to do
   */
  static Optional<Set<MemberId>> next(Set<MemberId> now, Set<MemberId> wanted, MemberId self) {
    for (var member : new TreeSet<>(wanted)) {
      if (!now.contains(member)) {
        var next = new HashSet<>(now);
        next.removeIf(old -> old.peer().equals(member.peer()) && !wanted.contains(old));
        next.add(member);
        return Optional.of(next);
      }
    }
    var leaving = new TreeSet<>(now);
    leaving.removeAll(wanted);
    if (leaving.size() > 1) {
      leaving.remove(self);
    }
    return leaving.stream()
        .findFirst()
        .map(member -> {
          var next = new HashSet<>(now);
          next.remove(member);
          return next;
        });
  }
}
