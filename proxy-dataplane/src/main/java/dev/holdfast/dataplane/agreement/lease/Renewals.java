package dev.holdfast.dataplane.agreement.lease;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.Moment;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * This process's own requests for leases.
 *
 * @param serial of the newest one
 * @param awaited when each was sent; what is no more in here gives no lease
 * @param sentAt null before the first one
 * @param sentFence that the newest one named
 * @param contact when the newest one that came back from the log was sent: a majority was there
 *     since, and this member has caught up to then; null before the first one
 */
public record Renewals(
    long serial,
    SortedMap<Long, Moment> awaited,
    @Nullable Moment sentAt,
    long sentFence,
    @Nullable Lease lease,
    @Nullable Moment contact) {

  private static final int MAX_AWAITED = 32;

  public Renewals {
    awaited = Collections.unmodifiableSortedMap(new TreeMap<>(awaited));
  }

  public static Renewals none() {
    return new Renewals(0, new TreeMap<>(), null, -1, null, null);
  }

  public boolean holds(long fence, Moment now) {
    return lease != null && lease.holds(fence, now);
  }

  /**
   * When the next one is to be sent; null for at once.
   *
   * @param fence that it is to name; none that is higher was named so far
   */
  public @Nullable Moment due(long fence, LeaseTerms terms) {
    return sentAt == null || sentFence < fence ? null : sentAt.plus(terms.renewEvery());
  }

  public Renewals sent(long fence, Moment now) {
    var next = new TreeMap<>(awaited);
    next.put(serial + 1, now);
    if (next.size() > MAX_AWAITED) {
      next.pollFirstEntry();
    }
    return new Renewals(serial + 1, next, now, fence, lease, contact);
  }

  /**
   * One came back from the log.
   *
   * @param fence under which it was granted; null when it was not
   */
  public Renewals answered(long answered, @Nullable Long fence, LeaseTerms terms) {
    var sent = awaited.get(answered);
    if (sent == null) {
      return this;
    }
    var next = new TreeMap<>(awaited);
    next.remove(answered);
    var newest = contact == null || contact.isBefore(sent) ? sent : contact;
    var granted = fence == null ? null : new Lease(fence, sent.plus(terms.heldFor()));
    var held = granted == null || lease == null ? granted : lease.or(granted);
    return new Renewals(serial, next, sentAt, sentFence, held == null ? lease : held, newest);
  }
}
