package dev.holdfast.health.probe;

import dev.holdfast.health.Warning;
import org.jspecify.annotations.Nullable;

/** How a probe ended. Every probe ends in one of these, by its deadline at the latest. */
public sealed interface ProbeResult {

  /**
   * @param warning what will become a failure if nobody does anything
   */
  record Success(@Nullable Warning warning) implements ProbeResult {
    public Success() {
      this(null);
    }
  }

  /**
   * @param message for people
   */
  record Failure(Kind kind, String message) implements ProbeResult {}

  enum Kind {
    Refused,
    Timeout,
    UnknownHost,
    /** The backend was reached, and is not as it should be. */
    Unfit,
    /** This machine had nothing left to ask with: nothing is known of the backend. */
    NotAsked,
    Other
  }
}
