package dev.holdfast.dataplane.sticky;

/** Whom a group serves. The strictest is last: of several that apply to a group, it wins. */
public enum GroupState {
  /** All clients. */
  Active,

  /** Clients whose keys are known to belong to it. */
  Draining,

  /** Nobody: its connections are cut, and its keys move. */
  Disabled;

  public GroupState strictest(GroupState other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
