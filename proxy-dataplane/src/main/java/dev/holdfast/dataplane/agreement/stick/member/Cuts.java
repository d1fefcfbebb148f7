package dev.holdfast.dataplane.agreement.stick.member;

/**
 * How far the log is applied here, and how far what that took away is cut.
 *
 * @param applied index
 * @param cut index: nothing is left that was taken away up to it
 * @param revoked the newest index by which something was taken away from connections here
 * @param closed what was revoked up to this index is closed; may be heard of first
 */
record Cuts(long applied, long cut, long revoked, long closed) {

  /** Of a process that has no connections yet. */
  static Cuts none(long applied) {
    return new Cuts(applied, applied, 0, 0);
  }

  /**
   * @param more whether something was taken away from connections here since the last time
   */
  Cuts applied(long index, boolean more) {
    var newest = more ? index : revoked;
    return new Cuts(index, newest > closed ? cut : index, newest, closed);
  }

  Cuts closed(long upTo) {
    var next = Math.max(closed, upTo);
    return new Cuts(applied, revoked > next ? Math.max(cut, next) : applied, revoked, next);
  }
}
