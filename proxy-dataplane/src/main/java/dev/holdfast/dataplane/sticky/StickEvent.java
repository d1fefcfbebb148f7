package dev.holdfast.dataplane.sticky;

import dev.holdfast.dataplane.sticky.table.StickKey;

/** What a command has done. */
public sealed interface StickEvent {

  /** A new key has a group. */
  record Given(StickKey key, int group) implements StickEvent {}

  /** A key has another group than before, which serves nobody any more. */
  record Moved(StickKey key, int from, int to) implements StickEvent {}

  /** A key has no group. */
  record Refused(StickKey key, Refusal refusal) implements StickEvent {}

  enum Refusal {
    /** No group takes new keys. */
    NoGroup,
    /** The table is full of keys that have connections. */
    Full,
    /** It may still have connections to the group before; it is to be claimed again. */
    Fenced
  }

  /** A key is not known any more. Whoever still has connections of it must cut them. */
  record Gone(StickKey key, int group, End end) implements StickEvent {}

  enum End {
    Expired,
    Evicted,
    Removed,
    GroupRemoved
  }

  /** A group is configured no more, and serves nobody. Its keys go after it. */
  record GroupGone(GroupStanding was) implements StickEvent {}

  /** Another state, another cause, or another reason for it. */
  record GroupChanged(GroupStanding before, GroupStanding now) implements StickEvent {}
}
