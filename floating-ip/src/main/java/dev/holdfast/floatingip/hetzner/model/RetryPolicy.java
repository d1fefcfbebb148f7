package dev.holdfast.floatingip.hetzner.model;

import java.time.Duration;
import java.util.Optional;

/** Whether and when a read is repeated. Writes never are: who writes must look first. */
public final class RetryPolicy {
  public static final int MAX_RETRIES = 5;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration FIRST_WHEN_UNAVAILABLE = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int UNAVAILABLE = 503;

  private RetryPolicy() {}

  /**
   * How long to wait before a read is repeated; empty when that is of no use.
   *
   * @param retries made so far
   * @param jitter from 0 to 1, so that not everybody comes back at the same moment
   */
  public static Optional<Duration> pause(ApiFailure failure, int retries, double jitter) {
    return failure.passes() && retries < MAX_RETRIES
        ? Optional.of(backoff(first(failure), retries, jitter))
        : Optional.empty();
  }

  /** Between half and the whole of a pause that doubles with every retry, a minute at most. */
  public static Duration backoff(Duration first, int retries, double jitter) {
    var doubled = first.multipliedBy(1L << Math.clamp(retries, 0, 20));
    var capped = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return Duration.ofNanos((long) (capped.toNanos() * (0.5 + 0.5 * Math.clamp(jitter, 0.0, 1.0))));
  }

  private static Duration first(ApiFailure failure) {
    return switch (failure) {
      case ApiFailure.ServerError(var status, _) ->
          status == UNAVAILABLE ? FIRST_WHEN_UNAVAILABLE : FIRST;
      case ApiFailure.RateLimited _, ApiFailure.Locked _, ApiFailure.Conflict _ -> FIRST;
      case ApiFailure.Unreachable _, ApiFailure.NoAnswer _, ApiFailure.Malformed _ -> FIRST;
      case ApiFailure.AlreadyAssigned _, ApiFailure.NotFound _, ApiFailure.Refused _ -> FIRST;
      case ApiFailure.Unauthorized _, ApiFailure.ReadOnlyToken _, ApiFailure.Forbidden _ -> FIRST;
    };
  }
}
