package dev.holdfast.dataplane.sticky.table;

import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The entries, each in a slot, field by field in arrays: 45 bytes with the key of an IPv4 address,
 * nothing that a collector would have to walk but the keys, and copied in one go.
 */
final class Slots {
  private static final int LEAST = 1_024;

  private final int most;
  private byte[] @Nullable [] keys;
  private int[] hashes;
  private int[] groups;
  private int[] touched;
  private byte[] holders;
  private int used;
  private int free = KeyIndex.NONE;

  Slots(int most) {
    this.most = most;
    var capacity = Math.min(most, LEAST);
    keys = new byte[capacity][];
    hashes = new int[capacity];
    groups = new int[capacity];
    touched = new int[capacity];
    holders = new byte[capacity];
  }

  int capacity() {
    return keys.length;
  }

  /** Slots below this one were used at some time. */
  int used() {
    return used;
  }

  boolean isUsed(int slot) {
    return keys[slot] != null;
  }

  boolean isExhausted() {
    return free == KeyIndex.NONE && used == keys.length;
  }

  void grow() {
    var capacity = (int) Math.min(most, 2L * keys.length);
    keys = Arrays.copyOf(keys, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    groups = Arrays.copyOf(groups, capacity);
    touched = Arrays.copyOf(touched, capacity);
    holders = Arrays.copyOf(holders, capacity);
  }

  int take(byte[] key, int hash, int group, int now) {
    int slot = free == KeyIndex.NONE ? used++ : free;
    if (slot == free) {
      free = hashes[slot];
    }
    keys[slot] = key;
    hashes[slot] = hash;
    groups[slot] = group;
    touched[slot] = now;
    holders[slot] = 0;
    return slot;
  }

  /** The free ones are chained through their hashes. */
  void release(int slot) {
    keys[slot] = null;
    hashes[slot] = free;
    free = slot;
  }

  /** False for what is no slot, too: a reader may have met a number that is half written. */
  boolean holds(int slot, byte[] key, int hash) {
    var hashesNow = hashes;
    var keysNow = keys;
    return slot < hashesNow.length
        && slot < keysNow.length
        && hashesNow[slot] == hash
        && Arrays.equals(keysNow[slot], key);
  }

  byte[] key(int slot) {
    var key = keys[slot];
    if (key == null) {
      throw new IllegalStateException("slot %d is free".formatted(slot));
    }
    return key;
  }

  int hash(int slot) {
    return hashes[slot];
  }

  int group(int slot) {
    return groups[slot];
  }

  /** Empty for what is no slot, as in {@link #holds}: the arrays may be growing meanwhile. */
  OptionalInt groupSeen(int slot) {
    var groupsNow = groups;
    return slot < groupsNow.length ? OptionalInt.of(groupsNow[slot]) : OptionalInt.empty();
  }

  void group(int slot, int group) {
    groups[slot] = group;
  }

  int touched(int slot) {
    return touched[slot];
  }

  void touch(int slot, int now) {
    touched[slot] = now;
  }

  /** One bit for each holder. */
  int holders(int slot) {
    return Byte.toUnsignedInt(holders[slot]);
  }

  void holders(int slot, int bits) {
    holders[slot] = (byte) bits;
  }
}
