package dev.holdfast.dataplane.sticky;

/**
 * What the configuration says of a group.
 *
 * @param id never used again for another group
 * @param wanted whom it serves if nothing stricter applies
 * @param weight its share of new keys, beside the others'; 0 for none
 */
public record GroupPolicy(int id, String name, GroupState wanted, int weight) {

  public GroupPolicy {
    if (weight < 0) {
      throw new IllegalArgumentException("expected a weight of 0 or more, found " + weight);
    }
  }
}
