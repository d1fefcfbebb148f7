package dev.holdfast.operator.status;

/**
 * Why a child could not be applied.
 *
 * @param kind {@code Conflict}: the object of that name is somebody else's
 */
public record Obstacle(Kind kind, String message) {

  /** In order of importance. */
  public enum Kind {
    Conflict,
    ApplyFailed,
    AwaitingRemoval
  }
}
