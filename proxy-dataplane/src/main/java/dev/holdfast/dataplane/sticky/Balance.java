package dev.holdfast.dataplane.sticky;

/** How a new key finds its group among those that are Active; each heeds the weights. */
public enum Balance {
  /** The one that has the fewest keys for its weight. */
  LeastKeys,

  /** By the key alone: the one with the highest random weight. */
  Hash,

  /** In turn, as evenly as the weights allow. */
  RoundRobin
}
