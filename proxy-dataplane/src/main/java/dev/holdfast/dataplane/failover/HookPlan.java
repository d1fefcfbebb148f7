package dev.holdfast.dataplane.failover;

import java.time.Duration;
import java.util.Set;

/**
 * For which changes hooks run before clients are admitted.
 *
 * @param deadline for all of them together; hooks that have not ended by then count as aborted
 */
public record HookPlan(Set<Trigger> on, Duration deadline) {

  /** What kind of change it is. */
  public enum Trigger {
    Initial,
    Failover,
    Failback,
    Switchover
  }

  public static HookPlan none() {
    return new HookPlan(Set.of(), Duration.ZERO);
  }
}
