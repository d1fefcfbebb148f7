package dev.holdfast.faults.check;

/**
 * Something that a replica let through between two notes of others: a client, a line, an answer.
 *
 * @param from no earlier than this
 * @param to no later than this
 */
record Move(long from, long to, String what) {
  @Override
  public String toString() {
    return what + " between " + from + " and " + to;
  }
}
