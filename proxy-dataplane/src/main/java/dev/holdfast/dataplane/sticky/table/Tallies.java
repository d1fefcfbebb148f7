package dev.holdfast.dataplane.sticky.table;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Counts what each group has. */
final class Tallies {
  private final Map<Integer, GroupTally> byGroup = new HashMap<>();

  GroupTally of(int group) {
    return byGroup.getOrDefault(group, GroupTally.NONE);
  }

  SortedSet<Integer> groups() {
    return new TreeSet<>(byGroup.keySet());
  }

  void added(int group, boolean held, int touched) {
    count(group, 1, held ? 1 : 0);
    heard(group, touched);
  }

  void removed(int group, boolean held) {
    count(group, -1, held ? -1 : 0);
  }

  void held(int group) {
    count(group, 0, 1);
  }

  void released(int group) {
    count(group, 0, -1);
  }

  void heard(int group, int now) {
    var tally = of(group);
    if (now > tally.newest()) {
      byGroup.put(group, new GroupTally(tally.keys(), tally.held(), now));
    }
  }

  private void count(int group, int keys, int held) {
    var tally = of(group);
    if (tally.keys() + keys == 0) {
      byGroup.remove(group);
    } else {
      byGroup.put(group, new GroupTally(tally.keys() + keys, tally.held() + held, tally.newest()));
    }
  }
}
