package dev.holdfast.dataplane.sticky.table;

/**
 * What a group has in the table.
 *
 * @param keys that belong to it
 * @param held of those, the ones that somebody has connections of
 * @param newest when it was last heard of one of them, in the table's seconds; of none later
 */
public record GroupTally(int keys, int held, int newest) {
  static final GroupTally NONE = new GroupTally(0, 0, 0);
}
