package dev.holdfast.dataplane.failover;

import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened, with the inputs of the decision. */
public sealed interface Notice {

  /**
   * @param left the primary that is no longer admitted; null when there was none
   */
  record Selecting(@Nullable String left, Reason reason, String why) implements Notice {}

  /** Whether it answers is asked; the answer decides. */
  record Trying(Candidate backend) implements Notice {}

  record Discarded(String backend, String why) implements Notice {}

  /**
   * @param pause until the next round; empty when the next round begins with a backend's return
   */
  record NoCandidate(int candidates, Optional<Duration> pause) implements Notice {}

  record Chosen(Candidate backend, long epoch, Reason reason) implements Notice {}

  /** The process before ended while these hooks ran. */
  record HooksAgain(Candidate backend, long epoch, Reason reason) implements Notice {}

  /** From now on clients go there. */
  record Admitted(Primary primary) implements Notice {}

  record HealthChanged(String backend, Health from, Health to, String why) implements Notice {}

  record SwitchRefused(String to, SwitchAnswer.Refusal refusal, String why) implements Notice {}

  /** A backend that stands higher than the primary, or was asked for, did not answer. */
  record ChallengeFailed(String backend, Reason reason, String why) implements Notice {}
}
