package dev.holdfast.dataplane.relay;

/**
 * For how long clients may be admitted, and move bytes. Whoever accepts or moves asks first: after
 * a stop of the process nothing else would have noticed the end. Any thread.
 */
public sealed interface Lease permits Lease.Unlimited, TimedLease {

  boolean expired();

  /** For a relay that needs no lease; asking it costs nothing. */
  static Lease forever() {
    return Unlimited.LEASE;
  }

  /** Never expires. */
  enum Unlimited implements Lease {
    LEASE;

    @Override
    public boolean expired() {
      return false;
    }
  }
}
