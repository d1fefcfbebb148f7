package dev.holdfast.floatingip.hetzner.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When to poll, so that calls are left for failovers. A failover itself asks nobody: it may spend
 * the reserve.
 *
 * @param reserve calls that polls leave untouched
 * @param interval between polls while calls are plenty
 */
public record CallBudget(int reserve, Duration interval) {

  public sealed interface Answer {
    /**
     * @param interval until the one after this
     */
    record Poll(Duration interval) implements Answer {}

    /** It would eat into the reserve. */
    record Wait(Duration time) implements Answer {}
  }

  /**
   * @param limit null before the first answer: one poll has to find out
   * @param cost calls of one poll
   */
  public Answer mayPoll(@Nullable RateLimit limit, int cost, Instant now) {
    if (limit == null) {
      return new Answer.Poll(interval);
    }
    // a reserve as large as the bucket must not end polling for good
    var kept = Math.clamp(limit.limit() - cost, 0, Math.max(reserve, 0));
    var wait = limit.until((long) kept + cost, now);
    return wait.isZero()
        ? new Answer.Poll(interval.multipliedBy(stretch(limit, now)))
        : new Answer.Wait(wait);
  }

  /** Twice the interval below half a bucket, four times below a quarter. */
  private static int stretch(RateLimit limit, Instant now) {
    var available = limit.available(now);
    if (available * 4 < limit.limit()) {
      return 4;
    }
    return available * 2 < limit.limit() ? 2 : 1;
  }

  /** Calls of one poll: every page of both lists, of which the empty one is a page too. */
  public static int pollCost(int servers, int floatingIps) {
    return pages(servers) + pages(floatingIps);
  }

  private static int pages(int items) {
    return Math.max(1, Math.ceilDiv(items, Paging.PER_PAGE));
  }
}
