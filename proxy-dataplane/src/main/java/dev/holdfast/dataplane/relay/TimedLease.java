package dev.holdfast.dataplane.relay;

import java.util.function.LongSupplier;

/** Ends at a time by a monotonic clock. All connections that were made under it ask it. */
public final class TimedLease implements Lease {
  private final LongSupplier nanoTime;
  private volatile long until;

  /**
   * @param nanoTime such as {@link System#nanoTime}
   * @param until by that clock
   */
  public TimedLease(LongSupplier nanoTime, long until) {
    this.nanoTime = nanoTime;
    this.until = until;
  }

  @Override
  public boolean expired() {
    return nanoTime.getAsLong() - until >= 0;
  }

  public void prolong(long newUntil) {
    until = newUntil;
  }

  /** At once, and for good unless it is prolonged. */
  public void end() {
    until = nanoTime.getAsLong();
  }

  /** Nanoseconds that are left; negative when it has ended. */
  public long left() {
    return until - nanoTime.getAsLong();
  }
}
