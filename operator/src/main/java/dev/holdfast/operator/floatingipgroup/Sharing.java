package dev.holdfast.operator.floatingipgroup;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The floating IPs of a group that other groups select too, each with the oldest of them.
 *
 * @param elsewhere all that older groups select, so that it is known before this group has read
 * @param yielded those that an older group moves
 * @param kept those that this group moves
 */
record Sharing(Set<Long> elsewhere, Map<Long, Claims.Owner> yielded, Map<Long, Claims.Owner> kept) {

  static final Sharing NONE = new Sharing(Set.of(), Map.of(), Map.of());

  Sharing {
    elsewhere = Set.copyOf(elsewhere);
    yielded = Map.copyOf(yielded);
    kept = Map.copyOf(kept);
  }

  boolean hasOtherRivalsThan(Sharing before) {
    return !yielded.equals(before.yielded) || !kept.equals(before.kept);
  }

  /** By id. */
  Set<Long> all() {
    var all = new TreeSet<>(yielded.keySet());
    all.addAll(kept.keySet());
    return all;
  }
}
