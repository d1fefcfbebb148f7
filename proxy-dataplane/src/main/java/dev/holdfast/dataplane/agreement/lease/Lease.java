package dev.holdfast.dataplane.agreement.lease;

import dev.holdfast.dataplane.agreement.Moment;

/**
 * The right to act on what the ledger said at this fence.
 *
 * @param fence always the same one where leases are not bound to one
 * @param until by this process's clock
 */
public record Lease(long fence, Moment until) {

  public boolean holds(long newestFence, Moment now) {
    return fence == newestFence && now.isBefore(until);
  }

  /** The longer one; renewals may be applied in another order than they were sent in. */
  Lease or(Lease other) {
    return fence == other.fence && other.until.isBefore(until) ? this : other;
  }
}
