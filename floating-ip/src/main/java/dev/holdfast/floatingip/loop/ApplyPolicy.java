package dev.holdfast.floatingip.loop;

import org.jspecify.annotations.Nullable;

/**
 * What a group's owner allows.
 *
 * @param maxMovesPerMinute 0 for any number
 * @param approvedPlan the id of the plan that may be applied in mode Approve; null for none
 */
public record ApplyPolicy(
    Mode mode, boolean paused, int maxMovesPerMinute, @Nullable String approvedPlan) {

  public enum Mode {
    Apply,
    /** Shows plans and changes nothing. */
    Plan,
    /** Applies the plan that somebody approved. */
    Approve
  }
}
