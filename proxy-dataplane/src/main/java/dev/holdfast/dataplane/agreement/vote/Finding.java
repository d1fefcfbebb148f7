package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.failover.BackendState;
import dev.holdfast.health.Health;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a voter knows of one backend, and how it goes on finding out.
 *
 * @param at when something was found out last; null for never
 * @param attempt that is under way; null for none
 * @param again when it is to be tried again; null for when somebody asks
 * @param failures of tries in a row
 */
record Finding(
    BackendState backend,
    @Nullable Instant at,
    @Nullable Attempt attempt,
    @Nullable Instant again,
    int failures) {

  record Attempt(long number, Instant deadline) {}

  static Finding none(BackendState backend) {
    return new Finding(backend, null, null, null, 0);
  }

  Finding with(BackendState next) {
    return new Finding(next, at, attempt, again, failures);
  }

  Finding found(Instant now) {
    return new Finding(backend, now, attempt, again, failures);
  }

  Finding trying(Attempt begun) {
    return new Finding(backend, at, begun, null, failures);
  }

  Finding connected() {
    return new Finding(backend, at, null, null, 0);
  }

  Finding tryAgain(Instant next) {
    return new Finding(backend, at, null, next, failures + 1);
  }

  boolean awaits(long number) {
    return attempt != null && attempt.number() == number;
  }

  /** Whether the newest try failed and no other one will be made. */
  boolean isLeftUnusable() {
    return backend.reached() == Health.Unhealthy && attempt == null && again == null;
  }

  /** A try may say that a backend is usable before its checks have passed as often as they must. */
  Health vote() {
    return backend.health() == Health.Unknown ? backend.reached() : backend.health();
  }
}
