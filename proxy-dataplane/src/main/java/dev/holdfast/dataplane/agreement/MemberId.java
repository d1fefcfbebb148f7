package dev.holdfast.dataplane.agreement;

/**
 * One member of the group. A member that lost its disk comes back under another id: under the old
 * one it could vote twice.
 */
public record MemberId(String value) implements Comparable<MemberId> {

  @Override
  public int compareTo(MemberId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
