package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.sticky.Stickiness;

/** How many keys one command may hold. */
final class KeyBatch {
  /** Well below what the log takes; each key may stand in a command twice. */
  private static final int BYTES = 24 << 10;

  /** Of a key's address, its length and what else is written with it. */
  private static final int OVERHEAD = 32;

  private KeyBatch() {}

  static int most(Stickiness stickiness) {
    var bytes = stickiness.firstBytes();
    var length = OVERHEAD + (bytes == null ? 0 : bytes.end() - bytes.start());
    return Math.max(1, BYTES / length);
  }
}
