package dev.holdfast.dataplane.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one event loop: however many there are, one task is scheduled, and none while
 * there are none. To be used on the loop only. An entry expires up to one tick late, never early.
 */
final class TimerWheel {
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int SLOTS = 512;

  /** Something with at most one deadline at a time. */
  abstract static class Entry {
    private @Nullable Entry previous;
    private @Nullable Entry next;
    private long tick;
    private boolean scheduled;
    private boolean due;

    /** The deadline has passed; the entry may be scheduled again. */
    abstract void expired();
  }

  private final EventLoop loop;
  private final @Nullable Entry[] slots = new @Nullable Entry[SLOTS];
  private final BitSet used = new BitSet(SLOTS);
  private final long start;
  private long turned;
  private long wakeTick = Long.MAX_VALUE;
  private @Nullable ScheduledFuture<?> wake;

  TimerWheel(EventLoop loop) {
    this.loop = loop;
    start = loop.ticker().nanoTime();
  }

  /** Nanoseconds from an arbitrary origin: the time base of {@link #schedule}. */
  long now() {
    return loop.ticker().nanoTime();
  }

  /** Sets or moves the entry's deadline. */
  void schedule(Entry entry, long deadline) {
    cancel(entry);
    if (used.isEmpty()) {
      turned = Math.floorDiv(now() - start, TICK_NANOS);
    }
    entry.tick = Math.max(turned + 1, Math.ceilDiv(deadline - start, TICK_NANOS));
    entry.scheduled = true;
    var slot = slotOf(entry.tick);
    var head = slots[slot];
    entry.next = head;
    if (head != null) {
      head.previous = entry;
    }
    slots[slot] = entry;
    used.set(slot);
    wakeAt(Math.min(entry.tick, turned + SLOTS));
  }

  void cancel(Entry entry) {
    entry.due = false;
    if (!entry.scheduled) {
      return;
    }
    entry.scheduled = false;
    if (entry.next != null) {
      entry.next.previous = entry.previous;
    }
    if (entry.previous != null) {
      entry.previous.next = entry.next;
    } else {
      var slot = slotOf(entry.tick);
      slots[slot] = entry.next;
      used.set(slot, entry.next != null);
    }
    entry.previous = null;
    entry.next = null;
  }

  private static int slotOf(long tick) {
    return (int) Math.floorMod(tick, (long) SLOTS);
  }

  private void wakeAt(long tick) {
    if (tick >= wakeTick) {
      return;
    }
    if (wake != null) {
      wake.cancel(false);
    }
    wakeTick = tick;
    wake = loop.schedule(this::turn, start + tick * TICK_NANOS - now(), TimeUnit.NANOSECONDS);
  }

  private void turn() {
    wakeTick = Long.MAX_VALUE;
    var reached = Math.floorDiv(now() - start, TICK_NANOS);
    var due = new ArrayList<Entry>();
    for (var tick = Math.max(turned + 1, reached - SLOTS + 1); tick <= reached; tick++) {
      takeDue(slotOf(tick), reached, due);
    }
    turned = Math.max(turned, reached);
    for (var entry : due) {
      if (entry.due) {
        entry.due = false;
        entry.expired();
      }
    }
    if (!used.isEmpty()) {
      wakeAt(nextUsedTick());
    }
  }

  private void takeDue(int slot, long reached, List<Entry> due) {
    for (var entry = slots[slot]; entry != null; ) {
      var next = entry.next;
      if (entry.tick <= reached) {
        cancel(entry);
        entry.due = true;
        due.add(entry);
      }
      entry = next;
    }
  }

  private long nextUsedTick() {
    var from = slotOf(turned + 1);
    var slot = used.nextSetBit(from);
    return turned + 1 + (slot >= 0 ? slot - from : used.nextSetBit(0) + SLOTS - from);
  }
}
