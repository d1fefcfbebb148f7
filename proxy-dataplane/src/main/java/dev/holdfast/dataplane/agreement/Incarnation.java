package dev.holdfast.dataplane.agreement;

/**
 * One process of a member. The log tells a process of what the one before it proposed; by the
 * number it knows those for another's. At most one process of a member lives at a time, which the
 * log's lock on its directory sees to.
 *
 * @param number drawn anew by each process
 */
public record Incarnation(MemberId member, long number) {

  @Override
  public String toString() {
    return member + "#" + number;
  }
}
