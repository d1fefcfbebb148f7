package dev.holdfast.dataplane.relay;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much all waiting clients of a relay may have sent before they are linked; any thread. Where
 * there is no room, bytes stay in the kernel until the client is linked.
 */
final class HeldBytes {
  /** One read of a client. */
  static final int PIECE = 4 * 1024;

  /** A client that sent as much is not read any more: so its leaving shows at its deadline only. */
  static final int PER_CLIENT = 2 * PIECE;

  private static final long TOTAL = 8L * 1024 * 1024;

  private final AtomicLong taken = new AtomicLong();

  /** Room for a client; what is taken is to be given back once. */
  boolean take() {
    if (taken.addAndGet(PER_CLIENT) <= TOTAL) {
      return true;
    }
    giveBack();
    return false;
  }

  void giveBack() {
    taken.addAndGet(-PER_CLIENT);
  }
}
