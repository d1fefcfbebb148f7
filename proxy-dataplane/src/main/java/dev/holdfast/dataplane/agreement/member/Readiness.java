package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.health.Health;
import java.util.List;

/** Whether clients are to be sent to this member. It does not depend on there being a primary. */
public enum Readiness {
  Ready,
  /** No configuration, or an older one than the primary was chosen by. */
  Unconfigured,
  /** Not in contact with a majority, or not caught up with it. */
  OutOfContact,
  /** The others reach the primary, or at least have not left it; this member does not. */
  CannotReachPrimary;

  public static Readiness of(MemberState state, MemberPolicy policy, Moment now) {
    var turn = new Turn(state, List.of(), policy, now);
    var chosen = state.ledger().office().chosen();
    if (policy.generation() == 0 || !chosen.map(policy::knows).orElse(true)) {
      return Unconfigured;
    }
    var contact = state.renewals().contact();
    if (contact == null || now.isPast(contact, policy.terms().contactWithin())) {
      return OutOfContact;
    }
    return state.ledger().office() instanceof Office.Serving(var tenure)
            && turn.ownVerdict(tenure.name()) == Health.Unhealthy
        ? CannotReachPrimary
        : Ready;
  }
}
