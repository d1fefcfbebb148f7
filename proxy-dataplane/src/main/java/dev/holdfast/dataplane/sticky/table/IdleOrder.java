package dev.holdfast.dataplane.sticky.table;

import java.util.Arrays;

/** The slots that nobody holds, from the one that is idle for longest to the newest. */
final class IdleOrder {
  private static final int OUTSIDE = -2;

  private int[] previous = {};
  private int[] next = {};
  private int first = KeyIndex.NONE;
  private int last = KeyIndex.NONE;

  void grow(int capacity) {
    var before = next.length;
    previous = Arrays.copyOf(previous, capacity);
    next = Arrays.copyOf(next, capacity);
    Arrays.fill(next, before, capacity, OUTSIDE);
  }

  /** Or {@link KeyIndex#NONE}. */
  int first() {
    return first;
  }

  boolean contains(int slot) {
    return next[slot] != OUTSIDE;
  }

  void append(int slot) {
    previous[slot] = last;
    next[slot] = KeyIndex.NONE;
    if (last == KeyIndex.NONE) {
      first = slot;
    } else {
      next[last] = slot;
    }
    last = slot;
  }

  void remove(int slot) {
    int before = previous[slot];
    int after = next[slot];
    if (before == KeyIndex.NONE) {
      first = after;
    } else {
      next[before] = after;
    }
    if (after == KeyIndex.NONE) {
      last = before;
    } else {
      previous[after] = before;
    }
    next[slot] = OUTSIDE;
  }
}
