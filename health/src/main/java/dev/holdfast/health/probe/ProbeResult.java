package dev.holdfast.health.probe;

/** How a probe ended. Every probe ends in one of these, by its deadline at the latest. */
public sealed interface ProbeResult {

  record Success() implements ProbeResult {}

  /**
   * @param message for people
   */
  record Failure(Kind kind, String message) implements ProbeResult {}

  enum Kind {
    Refused,
    Timeout,
    UnknownHost,
    Other
  }
}
