package dev.holdfast.dataplane.sticky;

import dev.holdfast.dataplane.sticky.table.GroupTally;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Chooses groups for new keys. What it remembers are the turns that groups have coming. */
final class GroupChoice {
  private static final double UNIT = 0x1.0p-53;
  private static final int UNIT_SHIFT = 11;

  /** By id: the weight that a group has gathered while others had their turn. */
  private final Map<Integer, Long> turns;

  GroupChoice(Map<Integer, Long> turns) {
    this.turns = new TreeMap<>(turns);
  }

  Map<Integer, Long> turns() {
    return Map.copyOf(turns);
  }

  void retain(Collection<Integer> groups) {
    turns.keySet().retainAll(groups);
  }

  /**
   * @param groups in the order of their ids
   * @return empty when none takes new keys
   */
  Optional<GroupPolicy> choose(
      Balance balance,
      Collection<GroupStanding> groups,
      StickKey key,
      IntFunction<GroupTally> tallies) {
    var open =
        groups.stream()
            .filter(group -> group.effective() == GroupState.Active && group.policy().weight() > 0)
            .map(GroupStanding::policy)
            .toList();
    return switch (balance) {
      case LeastKeys -> open.stream().min(byLoad(tallies));
      case Hash -> open.stream().max(Comparator.comparingDouble(group -> score(group, key)));
      case RoundRobin -> next(open);
    };
  }

  /** Without dividing, so that equal loads are equal; the first of them is taken. */
  private static Comparator<GroupPolicy> byLoad(IntFunction<GroupTally> tallies) {
    return (one, other) ->
        Long.compare(
            (long) tallies.apply(one.id()).keys() * other.weight(),
            (long) tallies.apply(other.id()).keys() * one.weight());
  }

  /**
   * Of draws from an exponential distribution, the least belongs to each group as often as its
   * weight says, and a group that comes or goes moves no key between two others.
   */
  private static double score(GroupPolicy group, StickKey key) {
    var draw = ((key.spread(group.id()) >>> UNIT_SHIFT) + 0.5) * UNIT;
    return StrictMath.log(draw) / group.weight();
  }

  /** Everybody gathers its weight; who has most is next, and pays for all. */
  private Optional<GroupPolicy> next(List<GroupPolicy> open) {
    var all = open.stream().mapToLong(GroupPolicy::weight).sum();
    open.forEach(group -> turns.merge(group.id(), (long) group.weight(), Long::sum));
    var next =
        open.stream()
            .max(
                Comparator.comparingLong((GroupPolicy group) -> turns.getOrDefault(group.id(), 0L))
                    .thenComparing(GroupPolicy::id, Comparator.reverseOrder()));
    next.ifPresent(group -> turns.merge(group.id(), -all, Long::sum));
    return next;
  }
}
