package dev.holdfast.dataplane.agreement;

import java.time.Duration;

/**
 * How long a lease holds, and when it must have ended. With L the configured duration, m = L/20 the
 * margin, and d the bound on a clock's error (a second of it is between 1-d and 1+d true seconds):
 *
 * <pre>
 *   the holder acts until   t0 + (L - m)   by its clock, t0 taken before it proposed the lease;
 *   others wait until       t1 + (L + m)   by theirs,    t1 taken when they applied that lease.
 * </pre>
 *
 * <p>A lease is applied only after it was proposed, so t1 is later than t0 in true time. The wait
 * is therefore long enough when it covers the holder's time at the holder's slowest and the
 * waiter's fastest, and the time s that the holder needs from its clock's word to the last
 * connection cut:
 *
 * <pre>
 *   (L - m) * (1 + d) + s  &lt;=  (L + m) * (1 - d)      that is      s  &lt;=  2m - 2dL  =  L/10 - 2dL
 * </pre>
 *
 * <p>With d = 1% (NTP slews by 0.05%, and quartz is better than that), s may be 8% of L: 240 ms of
 * the default 3 s. What would need longer, such as a stopped process, asks {@link #heldFor} anew
 * before it acts.
 *
 * @param heldFor L - m: for how long its holder acts on a lease
 * @param endedAfter L + m: after this long a lease that was applied must have ended
 * @param renewEvery between renewals, and before a proposal without effect is made again
 * @param contactWithin how old the newest proof of contact may be for a member to be ready
 */
public record LeaseTerms(
    Duration heldFor, Duration endedAfter, Duration renewEvery, Duration contactWithin) {

  private static final int MARGINS = 20;

  /**
   * A holder that loses its leader right before a renewal still has L - m - L/4, 2.1 s of 3 s: the
   * log elects another within 1.1 s.
   */
  private static final int RENEWALS = 4;

  /**
   * @param duration L, as configured
   */
  public static LeaseTerms of(Duration duration) {
    var margin = duration.dividedBy(MARGINS);
    return new LeaseTerms(
        duration.minus(margin),
        duration.plus(margin),
        duration.dividedBy(RENEWALS),
        duration.multipliedBy(2));
  }
}
