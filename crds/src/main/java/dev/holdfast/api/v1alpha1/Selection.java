package dev.holdfast.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** How the primary is chosen and kept. Durations are Gateway API strings. */
public record Selection(
    Mode mode,
    @Nullable Failback failback,
    String connectTimeout,
    RetryBackoff retryBackoff,
    String recheckInterval) {

  public enum Mode {
    Primary,
    FirstHealthy
  }

  /** An absent policy means Never in mode Primary and Immediate in mode FirstHealthy. */
  public record Failback(@Nullable Policy policy, String stableFor) {

    public enum Policy {
      Never,
      Immediate,
      AfterStable
    }
  }

  public record RetryBackoff(String initial, String max) {}
}
