package dev.holdfast.floatingip.plan;

/** By which rules floating IPs are spread over the candidates. */
public enum Strategy {
  /**
   * An IP with an index goes to the server of its location with the same index. The others are
   * spread as evenly as their locations allow, by the fewest moves that do it.
   */
  MinimalMoves,
  /** flipper's documented rules: one layout for a set of candidates, blind to the present one. */
  Canonical
}
