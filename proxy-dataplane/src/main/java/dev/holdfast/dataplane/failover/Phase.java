package dev.holdfast.dataplane.failover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where the machine stands. Clients are admitted in {@link Serving} only. */
public sealed interface Phase {

  /** Nothing is configured yet. */
  record Idle() implements Phase {}

  /** Asks the primary of the process before whether it is still there. */
  record Resuming(Candidate candidate, Pending probe) implements Phase {}

  /** Asks one candidate after the other. */
  record Probing(Search search, Candidate candidate, Pending probe) implements Phase {}

  /**
   * No candidate was usable.
   *
   * @param until when the next round begins; null when only a backend's return can begin one
   */
  record Waiting(Search search, @Nullable Instant until) implements Phase {}

  /** The choice is made, and no client is admitted before the hooks have ended. */
  record RunningHooks(Search search, Candidate candidate, long epoch, Instant deadline)
      implements Phase {}

  /**
   * @param challenge a backend that may take over, while the primary goes on
   */
  record Serving(Primary primary, @Nullable Challenge challenge) implements Phase {}

  /**
   * Why a primary is looked for.
   *
   * @param rounds that ended without one
   */
  record Search(Reason reason, int rounds) {

    /** What lost the primary goes on being the reason, unless nothing did: then it is this one. */
    Reason unless(Reason failure) {
      return reason == Reason.Failback || reason == Reason.Switchover ? failure : reason;
    }
  }

  /**
   * A probe whose answer is awaited until the deadline.
   *
   * @param unasked it could not be sent; at the deadline another one is
   */
  record Pending(long probe, Instant deadline, boolean unasked) {}

  record Challenge(Candidate candidate, Pending probe, Reason reason) {}
}
