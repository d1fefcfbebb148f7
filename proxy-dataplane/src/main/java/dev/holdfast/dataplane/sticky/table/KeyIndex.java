package dev.holdfast.dataplane.sticky.table;

import java.util.Arrays;

/**
 * Finds the slot of a key: open addressing with linear probing, at most half full. A slot that is
 * taken out draws those behind it nearer, so that nothing is left in its place.
 */
final class KeyIndex {
  static final int NONE = -1;

  private final Slots slots;
  private int[] table;

  KeyIndex(Slots slots) {
    this.slots = slots;
    table = empty(slots.capacity());
  }

  private static int[] empty(int capacity) {
    var table = new int[Integer.highestOneBit(Math.max(capacity, 1) * 2 - 1) * 2];
    Arrays.fill(table, NONE);
    return table;
  }

  /**
   * Or {@link #NONE}. While another thread writes, anything may come back, but something does: no
   * more than the whole table is looked at.
   */
  int find(byte[] key, int hash) {
    var seen = table;
    int mask = seen.length - 1;
    int at = hash & mask;
    for (int probes = 0; probes < seen.length; probes++) {
      int slot = seen[at];
      if (slot == NONE || slots.holds(slot, key, hash)) {
        return slot;
      }
      at = (at + 1) & mask;
    }
    return NONE;
  }

  void add(int slot) {
    int mask = table.length - 1;
    int at = slots.hash(slot) & mask;
    while (table[at] != NONE) {
      at = (at + 1) & mask;
    }
    table[at] = slot;
  }

  void remove(int slot) {
    int mask = table.length - 1;
    int hole = slots.hash(slot) & mask;
    while (table[hole] != slot) {
      hole = (hole + 1) & mask;
    }
    for (int at = (hole + 1) & mask; table[at] != NONE; at = (at + 1) & mask) {
      int home = slots.hash(table[at]) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        table[hole] = table[at];
        hole = at;
      }
    }
    table[hole] = NONE;
  }

  /** After the slots have grown. */
  void rebuild(int used) {
    table = empty(slots.capacity());
    for (int slot = 0; slot < used; slot++) {
      if (slots.isUsed(slot)) {
        add(slot);
      }
    }
  }
}
