package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.lease.Sightings;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Grant;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import java.util.Map;

/**
 * The ledger, and when this process saw it change.
 *
 * @param granted the ledger's leases
 * @param officeAt when the office came to where it stands
 */
record Witness(Ledger ledger, Sightings<Grant> granted, Moment officeAt) {

  static Witness of(Ledger ledger, Moment now) {
    return new Witness(ledger, Sightings.of(ledger.leases(), now), now);
  }

  Witness apply(long index, Command command, Moment now) {
    return moveTo(ledger.apply(index, command), now);
  }

  private Witness moveTo(Ledger next, Moment now) {
    if (next.equals(ledger)) {
      return this;
    }
    var moved = !next.office().equals(ledger.office());
    return new Witness(next, granted.with(next.leases(), now), moved ? now : officeAt);
  }

  /** Leases that must have ended by now, whatever happened to their holders. */
  Map<MemberId, Grant> lapsed(LeaseTerms terms, Moment now) {
    return granted.lapsed(terms, now);
  }
}
