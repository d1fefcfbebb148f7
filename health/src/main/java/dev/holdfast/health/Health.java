package dev.holdfast.health;

import java.util.Collection;
import java.util.Comparator;

/** The verdict on a check or a backend. Ordered from best to worst. */
public enum Health {
  Healthy,
  /** No verdict yet: it counts as worse than Healthy, so that every check must have reported. */
  Unknown,
  Unhealthy;

  /** The worst one wins. With nothing to go by the verdict is Unknown. */
  public static Health worst(Collection<Health> verdicts) {
    return verdicts.stream().max(Comparator.naturalOrder()).orElse(Unknown);
  }
}
