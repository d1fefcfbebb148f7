package dev.holdfast.dataplane.runtime;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.member.Readiness;
import dev.holdfast.dataplane.agreement.replica.Replica;

/** What a member of a group tells of it. */
final class MemberReport {
  private MemberReport() {}

  static Agreement of(Replica.Membership<?, ?> place, Ledger ledger, Readiness readiness) {
    return new Agreement(
        state(readiness),
        place.group(),
        place.log().leader().map(MemberId::peer).orElse(null),
        ledger.members().stream().map(MemberId::peer).sorted().toList(),
        ledger.epoch(),
        AgreementLog.why(readiness));
  }

  private static Agreement.State state(Readiness readiness) {
    return switch (readiness) {
      case Ready -> Agreement.State.Agreed;
      case Unconfigured -> Agreement.State.Outdated;
      case OutOfContact -> Agreement.State.OutOfContact;
      case CannotReachPrimary -> Agreement.State.CannotReachPrimary;
    };
  }
}
