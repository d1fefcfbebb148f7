package dev.holdfast.dataplane.relay;

import org.jspecify.annotations.Nullable;

/**
 * By what a client is where it is, when more than the target's epoch says so. Many clients may
 * share one.
 */
public interface Claim {
  /** Of a client that is relayed for its target's sake only. */
  Claim NONE =
      new Claim() {
        @Override
        public void opened() {}

        @Override
        public void closed() {}

        @Override
        public boolean revoked() {
          return false;
        }
      };

  /** A client is linked under it; before its first byte, on its event loop. */
  void opened();

  /** No byte of a client is moved any more: once for each {@link #opened}, on the same loop. */
  void closed();

  /**
   * Whether it has ended, for good. Asked before each turn of bytes: it answers at once. Whoever
   * revokes it calls {@link RelayServer#severRevoked} to reach those who are silent. Any thread.
   */
  boolean revoked();

  /**
   * How the client is known, for the access log; null where it has no such name. Nothing that it
   * said: that may be a secret.
   */
  default @Nullable String key() {
    return null;
  }
}
