package dev.holdfast.dataplane.relay;

/**
 * What happens to a client that connects now: one immutable value behind one atomic reference, read
 * once for every client.
 */
public sealed interface Admission {

  /**
   * Relay to the target.
   *
   * @param lease for how long, and for how long those who were admitted may go on
   * @param afterwards what happens to who comes when the lease has ended, until something else is
   *     said
   */
  record Open(Target target, Lease lease, Admission afterwards) implements Admission {

    /** Until something else is said. */
    public Open(Target target) {
      this(target, Lease.forever(), new Refuse());
    }
  }

  /** Accept and park until a target is there, within the relay's limits on count and time. */
  record Hold() implements Admission {}

  /** No listening socket: the kernel refuses. */
  record Refuse() implements Admission {}

  /** Accept and close at once. */
  record Close() implements Admission {}
}
