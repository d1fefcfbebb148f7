package dev.holdfast.dataplane.sticky.table;

import java.util.Arrays;

/**
 * Finds the slot of a key: open addressing with linear probing, at most half full. A slot that is
 * taken out draws those behind it nearer, so that nothing is left in its place. In many parts, by
 * the hash's first bits, of which each grows for itself: that makes no reader wait for long.
 */
final class KeyIndex {
  static final int NONE = -1;

  private static final int PART_BITS = 8;
  private static final int SMALLEST = 16;

  private final Slots slots;
  private final int[][] parts = new int[1 << PART_BITS][];
  private final int[] taken = new int[parts.length];

  KeyIndex(Slots slots) {
    this.slots = slots;
    Arrays.setAll(parts, part -> empty(SMALLEST));
  }

  private static int[] empty(int capacity) {
    var table = new int[capacity];
    Arrays.fill(table, NONE);
    return table;
  }

  private static int part(int hash) {
    return hash >>> (Integer.SIZE - PART_BITS);
  }

  /**
   * Or {@link #NONE}. While another thread writes, anything may come back, but something does: no
   * more than the whole part is looked at.
   */
  int find(byte[] key, int hash) {
    var seen = parts[part(hash)];
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
    int hash = slots.hash(slot);
    int part = part(hash);
    if (++taken[part] * 2 > parts[part].length) {
      grow(part);
    }
    put(parts[part], slot, hash);
  }

  private void grow(int part) {
    var before = parts[part];
    var grown = empty(2 * before.length);
    for (int slot : before) {
      if (slot != NONE) {
        put(grown, slot, slots.hash(slot));
      }
    }
    parts[part] = grown;
  }

  private static void put(int[] table, int slot, int hash) {
    int mask = table.length - 1;
    int at = hash & mask;
    while (table[at] != NONE) {
      at = (at + 1) & mask;
    }
    table[at] = slot;
  }

  void remove(int slot) {
    int part = part(slots.hash(slot));
    taken[part]--;
    remove(parts[part], slot);
  }

  private void remove(int[] table, int slot) {
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
}
