package dev.holdfast.dataplane.agreement.stick.member;

/**
 * How far the log is applied here, and how far what that took away is cut.
 *
 * @param applied index
 * @param cut index: nothing is left that was taken away up to it
 * @param revoked the newest index by which something was taken away from connections here
 */
record Cuts(long applied, long cut, long revoked) {

  static Cuts none() {
    return new Cuts(0, 0, 0);
  }

  /**
   * @param more whether something was taken away from connections here since the last time
   */
  Cuts applied(long index, boolean more) {
    return more || cut < applied
        ? new Cuts(index, cut, more ? index : revoked)
        : new Cuts(index, index, revoked);
  }

  /** What was taken away up to this index is cut. */
  Cuts cut(long upTo) {
    return new Cuts(applied, upTo >= revoked ? applied : Math.max(cut, upTo), revoked);
  }
}
