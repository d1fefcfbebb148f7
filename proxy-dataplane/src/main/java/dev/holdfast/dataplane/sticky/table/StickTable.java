package dev.holdfast.dataplane.sticky.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Which group each key belongs to, and since when it is idle. One thread writes; any thread may ask
 * for a key's group, which waits for nobody unless a write is under way. The same writes in the
 * same order give the same table.
 *
 * <p>A holder is somebody who has connections of a key open, under a number from 0 to 7. An entry
 * that is held is not idle: it neither expires nor makes room for another.
 */
public final class StickTable {
  /** One bit of a byte for each. */
  public static final int MAX_HOLDERS = Byte.SIZE;

  private final int maxEntries;
  private final KeyHash hash;
  private final StampedLock lock = new StampedLock();
  private final Slots slots;
  private final KeyIndex index;
  private final IdleOrder idle = new IdleOrder();
  private final Map<Integer, Integer> counts = new HashMap<>();
  private int size;

  /**
   * @param secret drawn anew by each process
   */
  public StickTable(int maxEntries, long secret) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("expected room for an entry, found " + maxEntries);
    }
    this.maxEntries = maxEntries;
    hash = new KeyHash(secret);
    slots = new Slots(maxEntries);
    idle.grow(slots.capacity());
    index = new KeyIndex(slots);
  }

  /** Any thread. Empty for a key that is not known. */
  public OptionalInt group(StickKey key) {
    var bytes = key.bytes();
    var hashed = hash.of(bytes);
    var stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      var seen = lookUp(bytes, hashed);
      if (lock.validate(stamp)) {
        return seen;
      }
    }
    stamp = lock.readLock();
    try {
      return lookUp(bytes, hashed);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private OptionalInt lookUp(byte[] key, int hashed) {
    var slot = index.find(key, hashed);
    return slot == KeyIndex.NONE ? OptionalInt.empty() : slots.groupSeen(slot);
  }

  public int size() {
    return size;
  }

  /** Entries of this group. */
  public int count(int group) {
    return counts.getOrDefault(group, 0);
  }

  public boolean isFull() {
    return size == maxEntries;
  }

  /**
   * Gives a key that is not known to a group.
   *
   * @param now in the table's own seconds, which never go back
   */
  public void add(StickKey key, int group, int now) {
    if (isFull()) {
      throw new IllegalStateException("all %d entries are taken".formatted(maxEntries));
    }
    var stamp = lock.writeLock();
    try {
      if (slots.isExhausted()) {
        slots.grow();
        idle.grow(slots.capacity());
        index.rebuild(slots.used());
      }
      var slot = slots.take(key.bytes(), hash.of(key.bytes()), group, now);
      index.add(slot);
      idle.append(slot);
    } finally {
      lock.unlockWrite(stamp);
    }
    size++;
    counts.merge(group, 1, Integer::sum);
  }

  /** Gives a key that is known to another group. */
  public void move(StickKey key, int group) {
    var slot = slotOf(key);
    var before = slots.group(slot);
    var stamp = lock.writeLock();
    try {
      slots.group(slot, group);
    } finally {
      lock.unlockWrite(stamp);
    }
    uncount(before);
    counts.merge(group, 1, Integer::sum);
  }

  public void remove(StickKey key) {
    remove(slotOf(key));
  }

  private void remove(int slot) {
    if (idle.contains(slot)) {
      idle.remove(slot);
    }
    uncount(slots.group(slot));
    size--;
    var stamp = lock.writeLock();
    try {
      index.remove(slot);
      slots.release(slot);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void uncount(int group) {
    counts.merge(group, -1, (all, one) -> all + one == 0 ? null : all + one);
  }

  /** Its client was heard of. A key that is not known is left alone. */
  public void touch(StickKey key, int now) {
    var slot = find(key);
    if (slot != KeyIndex.NONE) {
      touch(slot, now);
    }
  }

  private void touch(int slot, int now) {
    slots.touch(slot, now);
    if (idle.contains(slot)) {
      idle.remove(slot);
      idle.append(slot);
    }
  }

  /** From now on this holder has connections of the key. A key that is not known is left alone. */
  public void hold(StickKey key, int holder) {
    var slot = find(key);
    if (slot != KeyIndex.NONE) {
      if (idle.contains(slot)) {
        idle.remove(slot);
      }
      slots.holders(slot, slots.holders(slot) | 1 << holder);
    }
  }

  /** This holder's last connection of the key has ended. */
  public void release(StickKey key, int holder, int now) {
    var slot = find(key);
    if (slot != KeyIndex.NONE) {
      release(slot, holder, now);
    }
  }

  private void release(int slot, int holder, int now) {
    var before = slots.holders(slot);
    var left = before & ~(1 << holder);
    slots.holders(slot, left);
    if (before != 0 && left == 0) {
      slots.touch(slot, now);
      idle.append(slot);
    }
  }

  /** This holder is gone with all it had. Looks at every entry. */
  public void releaseAll(int holder, int now) {
    for (int slot = 0; slot < slots.used(); slot++) {
      if (slots.isUsed(slot)) {
        release(slot, holder, now);
      }
    }
  }

  /** Whether anybody has connections of this key. */
  public boolean isHeld(StickKey key) {
    var slot = find(key);
    return slot != KeyIndex.NONE && slots.holders(slot) != 0;
  }

  /**
   * Takes out entries that are idle since before this time, longest first.
   *
   * @param most how many at a time
   */
  public List<StickKey> expire(int before, int most) {
    var expired = new ArrayList<StickKey>();
    while (expired.size() < most
        && idle.first() != KeyIndex.NONE
        && slots.touched(idle.first()) < before) {
      expired.add(StickKey.ofBytes(slots.key(idle.first())));
      remove(idle.first());
    }
    return expired;
  }

  /** Takes out the entry that is idle for longest, of any age; null when all are held. */
  public @Nullable StickKey evict() {
    var evicted = expire(Integer.MAX_VALUE, 1);
    return evicted.isEmpty() ? null : evicted.getFirst();
  }

  private int find(StickKey key) {
    return index.find(key.bytes(), hash.of(key.bytes()));
  }

  private int slotOf(StickKey key) {
    var slot = find(key);
    if (slot == KeyIndex.NONE) {
      throw new IllegalStateException("expected a known key, found " + key);
    }
    return slot;
  }
}
