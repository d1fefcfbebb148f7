package dev.holdfast.dataplane.sticky.table;

/**
 * A key and where it belongs.
 *
 * @param touched when it was last heard of, in the table's seconds
 * @param held whether somebody has connections of it
 */
public record StickEntry(StickKey key, int group, int touched, boolean held) {}
