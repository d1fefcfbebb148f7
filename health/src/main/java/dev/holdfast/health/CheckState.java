package dev.holdfast.health;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check: its verdict, and how far the newest observations are on their way to
 * another one.
 *
 * @param passes consecutive passes up to now, 0 after a failure
 * @param failures consecutive failures up to now, 0 after a pass
 * @param why the newest failure, kept until the next pass
 * @param warning of the newest run, when that passed
 */
public record CheckState(
    Health health, int passes, int failures, @Nullable String why, @Nullable Warning warning) {

  /**
   * @param flipped whether the verdict changed: only then is there something to tell
   */
  public record Transition(CheckState before, CheckState next, boolean flipped) {}

  public static CheckState unknown() {
    return new CheckState(Health.Unknown, 0, 0, null, null);
  }

  public Transition observe(Observation observation, Thresholds thresholds) {
    var next =
        switch (observation) {
          case Observation.Passed(var warning) -> passed(warning, thresholds);
          case Observation.Failed(var reason) -> failed(reason, thresholds);
        };
    return new Transition(this, next, next.health != health);
  }

  /** Whether the newest observation contradicts the verdict, or there is no verdict yet. */
  public boolean inTransition() {
    return switch (health) {
      case Unknown -> true;
      case Healthy -> failures > 0;
      case Unhealthy -> passes > 0;
    };
  }

  /** Forgets how far it was, keeps the verdict: for a check whose thresholds changed. */
  public CheckState recount() {
    return new CheckState(health, 0, 0, why, warning);
  }

  private CheckState passed(@Nullable Warning seen, Thresholds thresholds) {
    var count = saturated(passes);
    return new CheckState(
        count >= thresholds.rise() ? Health.Healthy : health, count, 0, null, seen);
  }

  private CheckState failed(String reason, Thresholds thresholds) {
    var count = saturated(failures);
    return new CheckState(
        count >= thresholds.fall() ? Health.Unhealthy : health,
        0,
        count,
        Objects.requireNonNull(reason),
        null);
  }

  private static int saturated(int count) {
    return count == Integer.MAX_VALUE ? count : count + 1;
  }
}
