package dev.holdfast.dataplane.relay;

/**
 * What happens to a client that connects now: one immutable value behind one atomic reference, read
 * once for every client; or a router's word on one client.
 */
public sealed interface Admission {

  /**
   * Relay to the target.
   *
   * @param lease for how long, and for how long those who were admitted may go on
   * @param claim by what the client is admitted; {@link Claim#NONE} unless a router says so
   * @param afterwards what happens to who comes when the lease has ended, until something else is
   *     said; a router is asked instead
   */
  record Open(Target target, Lease lease, Claim claim, Admission afterwards) implements Admission {

    /** For all clients alike. */
    public Open(Target target, Lease lease, Admission afterwards) {
      this(target, lease, Claim.NONE, afterwards);
    }

    /** Until something else is said. */
    public Open(Target target) {
      this(target, Lease.forever(), new Refuse());
    }

    /** A router's word on one client. */
    public Open(Target target, Lease lease, Claim claim) {
      this(target, lease, claim, new Close());
    }

    boolean lasts() {
      return !lease.expired() && !claim.revoked();
    }
  }

  /** Each client is asked for by itself. */
  record Routed(ClientRouter router) implements Admission {}

  /** Accept and park until a target is there, within the relay's limits on count and time. */
  record Hold() implements Admission {}

  /**
   * A router's word: what becomes of the client is being found out, and it goes on as soon as that
   * is known. It waits for {@link RelayOptions.Waits#retryDeadline} at most, and counts for no
   * limit: who asks so is answered soon.
   */
  record Wait() implements Admission {}

  /** No listening socket: the kernel refuses. As a router's word: that client is reset. */
  record Refuse() implements Admission {}

  /** Accept and close at once. */
  record Close() implements Admission {}
}
