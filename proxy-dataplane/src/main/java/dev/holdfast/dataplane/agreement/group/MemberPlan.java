package dev.holdfast.dataplane.agreement.group;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which change of the members comes next. Each touches one peer, so that any majority before it and
 * any after it share a member; the log has the change agreed on by both, and lets an added member
 * catch up first.
 */
public final class MemberPlan {

  private MemberPlan() {}

  /**
   * A lost disk goes first: until then one failure more may leave no majority. Then new peers come,
   * and only when all are there, old ones go: those that are gone already first, the leader last,
   * and none as long as a majority of the rest is not there.
   *
   * @param members as the log counts them
   * @param configured the names of the peers that there should be
   * @param announced who says now that it belongs to this group, the leader included
   * @return the next members; empty when all is as it should be, or those who should come are not
   *     there yet
   */
  public static Optional<Set<MemberId>> next(
      Set<MemberId> members, Set<String> configured, Set<MemberId> announced, MemberId leader) {
    var here = new TreeSet<>(announced);
    here.removeIf(member -> members.contains(member) || !configured.contains(member.peer()));
    var newDisk =
        here.stream().filter(member -> names(members).contains(member.peer())).findFirst();
    if (newDisk.isPresent()) {
      return Optional.of(with(members, newDisk.get()));
    }
    if (!here.isEmpty()) {
      return Optional.of(with(members, here.first()));
    }
    return names(members).containsAll(configured)
        ? members.stream()
            .filter(member -> !configured.contains(member.peer()))
            .sorted(lastOf(announced, leader))
            .map(member -> without(members, member.peer()))
            .filter(next -> 2 * next.stream().filter(announced::contains).count() > next.size())
            .findFirst()
        : Optional.empty();
  }

  private static Comparator<MemberId> lastOf(Set<MemberId> announced, MemberId leader) {
    return Comparator.<MemberId, Boolean>comparing(leader::equals)
        .thenComparing(announced::contains)
        .thenComparing(member -> member);
  }

  private static Set<String> names(Set<MemberId> members) {
    return members.stream().map(MemberId::peer).collect(Collectors.toSet());
  }

  private static Set<MemberId> with(Set<MemberId> members, MemberId added) {
    var next = new HashSet<>(without(members, added.peer()));
    next.add(added);
    return next;
  }

  private static Set<MemberId> without(Set<MemberId> members, String peer) {
    return members.stream()
        .filter(member -> !member.peer().equals(peer))
        .collect(Collectors.toSet());
  }
}
