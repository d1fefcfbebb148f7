package dev.holdfast.dataplane.sticky.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Predicate;
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

  private final KeyHash hash;
  private final StampedLock lock = new StampedLock();
  private final Slots slots;
  private final KeyIndex index;
  private final IdleOrder idle;
  private final Tallies tallies = new Tallies();
  private int maxEntries;
  private int size;

  /**
   * @param secret drawn anew by each process
   */
  public StickTable(int maxEntries, long secret) {
    this(new TableImage(new Slots(), KeyIndex.NONE), maxEntries, secret);
  }

  /**
   * Goes on where the other table was.
   *
   * @param image belongs to this table from now on
   */
  public StickTable(TableImage image, int maxEntries, long secret) {
    hash = new KeyHash(secret);
    slots = image.slots;
    index = new KeyIndex(slots);
    idle = new IdleOrder(slots);
    limit(maxEntries);
    for (int slot = 0; slot < slots.used(); slot++) {
      if (slots.isUsed(slot)) {
        slots.hash(slot, hash.of(slots.key(slot)));
        index.add(slot);
        tallies.added(slots.group(slot), slots.holders(slot) != 0, slots.touched(slot));
        size++;
      }
    }
    idle.restore(image.firstIdle());
  }

  /** From now on there is room for so many; who is there already stays. */
  public void limit(int newMaxEntries) {
    if (newMaxEntries < 1) {
      throw new IllegalArgumentException("expected room for an entry, found " + newMaxEntries);
    }
    maxEntries = newMaxEntries;
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

  public GroupTally tally(int group) {
    return tallies.of(group);
  }

  /** Groups that have entries, in the order of their ids. */
  public SortedSet<Integer> groups() {
    return tallies.groups();
  }

  public boolean isFull() {
    return size >= maxEntries;
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
      var slot = slots.take(key.bytes(), hash.of(key.bytes()), group, now);
      index.add(slot);
      idle.append(slot);
    } finally {
      lock.unlockWrite(stamp);
    }
    size++;
    tallies.added(group, false, now);
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
    var held = slots.holders(slot) != 0;
    tallies.removed(before, held);
    tallies.added(group, held, slots.touched(slot));
  }

  public void remove(StickKey key) {
    remove(slotOf(key));
  }

  private void remove(int slot) {
    tallies.removed(slots.group(slot), !idle.contains(slot));
    if (idle.contains(slot)) {
      idle.remove(slot);
    }
    size--;
    var stamp = lock.writeLock();
    try {
      index.remove(slot);
      slots.release(slot);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /**
   * Takes out keys of this group. May look at every entry.
   *
   * @param most how many at a time
   */
  public List<StickKey> remove(int group, int most) {
    var removed = new ArrayList<StickKey>();
    for (int slot = 0; slot < slots.used() && removed.size() < most; slot++) {
      if (slots.isUsed(slot) && slots.group(slot) == group) {
        removed.add(StickKey.ofBytes(slots.key(slot)));
        remove(slot);
      }
    }
    return removed;
  }

  /** Its client was heard of. A key that is not known is left alone. */
  public void touch(StickKey key, int now) {
    var slot = find(key);
    if (slot != KeyIndex.NONE) {
      touch(slot, now);
    }
  }

  private void touch(int slot, int now) {
    heard(slot, now);
    if (idle.contains(slot)) {
      idle.remove(slot);
      idle.append(slot);
    }
  }

  private void heard(int slot, int now) {
    slots.touch(slot, now);
    tallies.heard(slots.group(slot), now);
  }

  /** From now on this holder has connections of the key. A key that is not known is left alone. */
  public void hold(StickKey key, int holder) {
    var slot = find(key);
    if (slot != KeyIndex.NONE) {
      if (idle.contains(slot)) {
        idle.remove(slot);
        tallies.held(slots.group(slot));
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
      heard(slot, now);
      idle.append(slot);
      tallies.released(slots.group(slot));
    }
  }

  /** Every entry counts as heard of now; the order in which they are idle stays. */
  public void touchAll(int now) {
    for (int slot = 0; slot < slots.used(); slot++) {
      if (slots.isUsed(slot)) {
        heard(slot, now);
      }
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
  public List<StickEntry> expire(int before, int most) {
    var expired = new ArrayList<StickEntry>();
    while (expired.size() < most
        && idle.first() != KeyIndex.NONE
        && slots.touched(idle.first()) < before) {
      expired.add(entry(idle.first()));
      remove(idle.first());
    }
    return expired;
  }

  /** Takes out the entry that is idle for longest, of any age; null when all are held. */
  public @Nullable StickEntry evict() {
    var evicted = expire(Integer.MAX_VALUE, 1);
    return evicted.isEmpty() ? null : evicted.getFirst();
  }

  public Optional<StickEntry> entry(StickKey key) {
    var slot = find(key);
    return slot == KeyIndex.NONE ? Optional.empty() : Optional.of(entry(slot));
  }

  private StickEntry entry(int slot) {
    return new StickEntry(
        StickKey.ofBytes(slots.key(slot)),
        slots.group(slot),
        slots.touched(slot),
        slots.holders(slot) != 0);
  }

  /**
   * Entries in no order.
   *
   * @param from 0, or where the page before said
   * @param most entries in the page
   * @param looks slots that are looked at, at most: a page may have fewer entries, or none, and
   *     another one behind it
   */
  public TablePage page(int from, int most, int looks, Predicate<StickEntry> wanted) {
    var entries = new ArrayList<StickEntry>();
    var end = (int) Math.min(slots.used(), (long) from + looks);
    for (int slot = from; slot < end; slot++) {
      if (entries.size() == most) {
        return new TablePage(entries, slot);
      }
      if (slots.isUsed(slot)) {
        var entry = entry(slot);
        if (wanted.test(entry)) {
          entries.add(entry);
        }
      }
    }
    return new TablePage(entries, end < slots.used() ? end : TablePage.LAST);
  }

  /** Takes some milliseconds for a million entries. */
  public TableImage image() {
    return new TableImage(slots.copy(), idle.first());
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
