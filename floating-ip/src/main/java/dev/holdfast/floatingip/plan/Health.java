package dev.holdfast.floatingip.plan;

/** What the checks of a server say, taken together. */
public enum Health {
  Healthy,
  Unhealthy,
  /** Not all of its checks have reported yet. */
  Unknown
}
