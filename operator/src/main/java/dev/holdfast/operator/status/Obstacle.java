package dev.holdfast.operator.status;

import java.util.Comparator;
import java.util.List;

/**
 * Why the objects of a resource are not as it says.
 *
 * @param kind {@code Conflict}: the object of that name is somebody else's. {@code ScriptsMissing},
 *     {@code ReferenceMissing}: the resource names something that is not there
 */
public record Obstacle(Kind kind, String message) {

  /** In order of importance. */
  public enum Kind {
    Conflict,
    ScriptsMissing,
    ReferenceMissing,
    ApplyFailed,
    AwaitingRemoval;

    /** Pods that run hold what was there when they started, and need it again to start anew. */
    boolean sparesRunningPods() {
      return this == ScriptsMissing || this == ReferenceMissing;
    }
  }

  static Obstacle worst(List<Obstacle> obstacles) {
    return obstacles.stream().min(Comparator.comparing(Obstacle::kind)).orElseThrow();
  }
}
