package dev.holdfast.dataplane.sticky.table;

/** The slots that nobody holds, from the one that is idle for longest to the newest. */
final class IdleOrder {
  static final int OUTSIDE = -2;

  private final Slots slots;
  private int first = KeyIndex.NONE;
  private int last = KeyIndex.NONE;

  IdleOrder(Slots slots) {
    this.slots = slots;
  }

  /** Or {@link KeyIndex#NONE}. */
  int first() {
    return first;
  }

  /** From this one on the slots are linked forwards already. */
  void restore(int from) {
    first = from;
    for (int slot = from; slot != KeyIndex.NONE; slot = slots.next(slot)) {
      slots.previous(slot, last);
      last = slot;
    }
  }

  boolean contains(int slot) {
    return slots.next(slot) != OUTSIDE;
  }

  void append(int slot) {
    slots.previous(slot, last);
    slots.next(slot, KeyIndex.NONE);
    if (last == KeyIndex.NONE) {
      first = slot;
    } else {
      slots.next(last, slot);
    }
    last = slot;
  }

  void remove(int slot) {
    int before = slots.previous(slot);
    int after = slots.next(slot);
    if (before == KeyIndex.NONE) {
      first = after;
    } else {
      slots.next(before, after);
    }
    if (after == KeyIndex.NONE) {
      last = before;
    } else {
      slots.previous(after, before);
    }
    slots.next(slot, OUTSIDE);
  }
}
