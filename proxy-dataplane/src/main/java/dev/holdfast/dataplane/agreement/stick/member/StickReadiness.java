package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;

/** Whether clients are to be sent to this member. It does not depend on there being a group. */
public enum StickReadiness {
  Ready,
  /** An older configuration than the table's, or the table has none yet. */
  Unconfigured,
  /** Not in contact with a majority, or not caught up with it. */
  OutOfContact;

  public static StickReadiness of(StickMemberState state, StickMemberPolicy policy, Moment now) {
    var contact = state.renewals().contact();
    if (contact == null || now.isPast(contact, policy.terms().contactWithin())) {
      return OutOfContact;
    }
    return state.head().configuration() == null || policy.generation() < state.head().generation()
        ? Unconfigured
        : Ready;
  }
}
