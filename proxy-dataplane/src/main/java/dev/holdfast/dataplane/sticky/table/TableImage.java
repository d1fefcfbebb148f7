package dev.holdfast.dataplane.sticky.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is at one moment, slot by slot, so that what is made of it answers the same writes
 * in the same way. Not changed any more.
 */
public final class TableImage {
  final Slots slots;
  private final int firstIdle;

  /**
   * @param slots nobody else writes to
   */
  TableImage(Slots slots, int firstIdle) {
    this.slots = slots;
    this.firstIdle = firstIdle;
  }

  /**
   * One slot.
   *
   * @param key null when it is free
   * @param link the slot behind it: of the idle ones, of the free ones, or neither
   * @param holders one bit for each
   */
  public record Slot(@Nullable StickKey key, int group, int touched, int holders, int link) {}

  /** Where the idle ones begin. */
  public int firstIdle() {
    return firstIdle;
  }

  /** Where the free ones begin. */
  public int firstFree() {
    return slots.free();
  }

  public int size() {
    return slots.used();
  }

  public Slot slot(int at) {
    return slots.isUsed(at)
        ? new Slot(
            StickKey.ofBytes(slots.key(at)),
            slots.group(at),
            slots.touched(at),
            slots.holders(at),
            slots.next(at))
        : new Slot(null, 0, 0, 0, slots.hash(at));
  }

  /** Takes the slots in their order. */
  public static final class Builder {
    private final Slots slots = new Slots();

    public Builder add(Slot slot) {
      slots.restore(slot);
      return this;
    }

    /**
     * @throws IllegalArgumentException when links do not lead through all slots that they should
     */
    public TableImage build(int firstIdle, int firstFree) {
      int idle = chain(firstIdle, true);
      int free = chain(firstFree, false);
      int held = 0;
      for (int at = 0; at < slots.used(); at++) {
        held += slots.isUsed(at) && slots.holders(at) != 0 ? 1 : 0;
      }
      if (idle + free + held != slots.used()) {
        throw new IllegalArgumentException(
            "expected %d slots, found %s idle, free, held"
                .formatted(slots.used(), List.of(idle, free, held)));
      }
      slots.free(firstFree);
      return new TableImage(slots, firstIdle);
    }

    private int chain(int first, boolean idle) {
      int count = 0;
      for (int at = first; at != KeyIndex.NONE; at = idle ? slots.next(at) : slots.hash(at)) {
        var fits =
            at >= 0
                && at < slots.used()
                && slots.isUsed(at) == idle
                && (!idle || slots.holders(at) == 0);
        if (!fits || ++count > slots.used()) {
          throw new IllegalArgumentException(
              "a link leads to slot %d, which is none".formatted(at));
        }
      }
      return count;
    }
  }
}
