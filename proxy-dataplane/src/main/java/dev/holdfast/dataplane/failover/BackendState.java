package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.Phase.Pending;
import dev.holdfast.health.Health;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one backend.
 *
 * @param verdict of its checks; Unknown when it has none
 * @param reached whether the newest connect succeeded, a client's or a probe's
 * @param why it is Unhealthy; empty otherwise
 * @param since when its health changed last
 */
public record BackendState(
    Candidate candidate,
    Health verdict,
    Health reached,
    String why,
    Instant since,
    @Nullable Recheck recheck) {

  /** A probe of a backend that nobody waits for. */
  public sealed interface Recheck {
    record Due(Instant at) implements Recheck {}

    record Running(Pending probe) implements Recheck {}
  }

  public static BackendState fresh(Candidate candidate, Instant now) {
    return new BackendState(candidate, Health.Unknown, Health.Unknown, "", now, null);
  }

  public Health health() {
    if (verdict == Health.Unhealthy || reached == Health.Unhealthy) {
      return Health.Unhealthy;
    }
    return candidate.checked() ? verdict : reached;
  }

  public BackendState configured(Candidate next, Instant now) {
    var keptVerdict = next.checked() ? verdict : Health.Unknown;
    return new BackendState(next, keptVerdict, reached, why, since, recheck).since(this, now);
  }

  /** A healthy verdict is newer than the last failed connect and outweighs it. */
  public BackendState judged(Health next, String reason, Instant now) {
    var nowReached =
        next == Health.Healthy && reached == Health.Unhealthy ? Health.Unknown : reached;
    return new BackendState(candidate, next, nowReached, reason, since, recheck).since(this, now);
  }

  public BackendState connected(Outcome outcome, Instant now) {
    var next =
        switch (outcome) {
          case Outcome.Connected() -> withReached(Health.Healthy, "");
          case Outcome.Failed(var reason, var message) -> withReached(Health.Unhealthy, message);
          case Outcome.NotAsked _ -> this;
        };
    return next.since(this, now);
  }

  BackendState with(@Nullable Recheck next) {
    return new BackendState(candidate, verdict, reached, why, since, next);
  }

  private BackendState withReached(Health next, String reason) {
    var kept = verdict == Health.Unhealthy ? why : reason;
    return new BackendState(candidate, verdict, next, kept, since, recheck);
  }

  private BackendState since(BackendState before, Instant now) {
    if (health() == before.health()) {
      return this;
    }
    var reason = health() == Health.Unhealthy ? why : "";
    return new BackendState(candidate, verdict, reached, reason, now, recheck);
  }
}
