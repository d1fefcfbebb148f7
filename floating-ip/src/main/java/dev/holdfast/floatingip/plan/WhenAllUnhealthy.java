package dev.holdfast.floatingip.plan;

/** What is done when no server is healthy. */
public enum WhenAllUnhealthy {
  /** Nothing moves: it may be the prober that is cut off. */
  Keep,
  /** All servers count as healthy. */
  Spread
}
