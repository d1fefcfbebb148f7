package dev.holdfast.dataplane.agreement;

import java.util.Comparator;

/**
 * One member of the group: a peer with what its disk holds. A peer that lost its disk comes back as
 * another member: as the old one it could vote twice.
 *
 * @param peer the name that its configuration gives it, which outlives its disks
 * @param disk drawn when the member's directory was made, and kept in it
 */
public record MemberId(String peer, long disk) implements Comparable<MemberId> {
  private static final Comparator<MemberId> ORDER =
      Comparator.comparing(MemberId::peer).thenComparingLong(MemberId::disk);

  @Override
  public int compareTo(MemberId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return peer + "~" + Long.toHexString(disk);
  }
}
