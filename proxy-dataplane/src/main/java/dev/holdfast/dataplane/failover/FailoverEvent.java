package dev.holdfast.dataplane.failover;

import dev.holdfast.health.Health;

/** What the machine is told. Late, doubled and reordered events are harmless. */
public sealed interface FailoverEvent {

  /** The policy may have changed; also the first event of all. */
  record PolicyApplied() implements FailoverEvent {}

  /** A client could not be connected to the primary of this epoch. */
  record ConnectFailed(long epoch, Outcome.Failed failure) implements FailoverEvent {}

  /**
   * @param probe as it was given in {@link Effect.Probe}
   */
  record ProbeAnswered(long probe, Outcome outcome) implements FailoverEvent {}

  /** The checks of a backend agree on another verdict than before. */
  record VerdictChanged(String backend, Health verdict, String why) implements FailoverEvent {}

  /**
   * @param aborted whether a hook failed that must not fail
   */
  record HooksEnded(long epoch, boolean aborted, String why) implements FailoverEvent {}

  /**
   * A person asks for another primary.
   *
   * @param force take it even when it does not look usable
   */
  record SwitchRequested(String to, boolean force) implements FailoverEvent {}

  /** The time came that {@link FailoverState#wakeAt} named. Coming early does no harm. */
  record Tick() implements FailoverEvent {}
}
