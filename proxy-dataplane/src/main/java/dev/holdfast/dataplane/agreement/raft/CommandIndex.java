package dev.holdfast.dataplane.agreement.raft;

/**
 * The index of a command, from that of its batch in the library's log and its place in the batch.
 * It is unique, grows with both, and is the same for every member without anything to remember.
 */
final class CommandIndex {
  private static final int BITS = 10;

  /** How many commands a batch holds at most. */
  static final int BATCH = 1 << BITS;

  private CommandIndex() {}

  static long of(long entry, int place) {
    return (entry << BITS) | place;
  }

  /** The batch's index in the library's log. */
  static long entry(long index) {
    return index >> BITS;
  }

  /** Not below that of any command up to that entry, and below that of any after it. */
  static long last(long entry) {
    return of(entry, BATCH - 1);
  }
}
