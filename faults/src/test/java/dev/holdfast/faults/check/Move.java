package dev.holdfast.faults.check;

import java.util.Collection;

/**
 * Something that a replica let through between two notes of others: a client, a line, an answer.
 *
 * @param from no earlier than this
 * @param to no later than this
 */
record Move(long from, long to, String what) {
  /** Whether all of them may have been let through at one and the same instant. */
  static boolean atOneInstant(Collection<Move> moves) {
    var latestFrom = moves.stream().mapToLong(Move::from).max().orElse(Long.MIN_VALUE);
    var earliestTo = moves.stream().mapToLong(Move::to).min().orElse(Long.MAX_VALUE);
    return latestFrom < earliestTo;
  }

  @Override
  public String toString() {
    return what + " between " + from + " and " + to;
  }
}
