package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.health.Health;
import java.util.List;

/** What happened to a voter. */
public sealed interface VoterEvent {

  /** There is a policy, the first or another one. */
  record Configured() implements VoterEvent {}

  /**
   * The checks of a backend agree on another verdict than before.
   *
   * @param why it is unhealthy
   */
  record Judged(String backend, Health verdict, String why) implements VoterEvent {}

  /** A check of the backend has run, whatever it found. */
  record Checked(String backend) implements VoterEvent {}

  /** The leader asks, or a client's connect failed: try these now, and tell what you know. */
  record Asked(List<String> backends) implements VoterEvent {
    public Asked {
      backends = List.copyOf(backends);
    }
  }

  /** The answer to {@link VoterEffect.Try} of this number. */
  record Tried(long number, Outcome outcome) implements VoterEvent {}

  /** Nothing happened but time. */
  record Tick() implements VoterEvent {}
}
