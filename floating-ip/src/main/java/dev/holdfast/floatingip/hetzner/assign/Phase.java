package dev.holdfast.floatingip.hetzner.assign;

import java.time.Instant;

/** What an assignment waits for. */
sealed interface Phase {

  /** Why the IP is read. */
  enum Purpose {
    /** Is the plan still right? */
    Begin,
    /** A write may have happened, or an action of somebody else ended. */
    Doubt,
    /** The API says that the IP is assigned already. */
    AlreadyAssigned,
    /** The action succeeded. */
    Confirm,
    /** The action failed. */
    ActionFailed,
    /** Time is up. */
    TimeUp
  }

  record Reading(Purpose purpose) implements Phase {}

  record Assigning() implements Phase {}

  record Unassigning() implements Phase {}

  /** The IP is locked, or a write got no answer. */
  record LookingForAction() implements Phase {}

  enum Owner {
    OurAssign,
    OurUnassign,
    Somebody
  }

  /**
   * @param reads of the action so far
   */
  record AwaitingAction(long id, Owner owner, int reads) implements Phase {}

  record Verifying(String address, Instant until) implements Phase {}
}
