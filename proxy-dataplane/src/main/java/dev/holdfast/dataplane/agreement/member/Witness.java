package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Grant;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import java.util.HashMap;
import java.util.Map;

/**
 * The ledger, and when this process saw it change. Who leads waits by these times, and so every
 * member keeps them: a new leader then need not wait from the beginning.
 *
 * @param grantedAt for each lease of the ledger
 * @param officeAt when the office came to where it stands
 */
record Witness(Ledger ledger, Map<MemberId, Moment> grantedAt, Moment officeAt) {

  Witness {
    grantedAt = Map.copyOf(grantedAt);
  }

  static Witness of(Ledger ledger, Moment now) {
    var granted = new HashMap<MemberId, Moment>();
    ledger.leases().keySet().forEach(member -> granted.put(member, now));
    return new Witness(ledger, granted, now);
  }

  Witness apply(long index, Command command, Moment now) {
    return moveTo(ledger.apply(index, command), now);
  }

  private Witness moveTo(Ledger next, Moment now) {
    if (next.equals(ledger)) {
      return this;
    }
    var granted = new HashMap<MemberId, Moment>();
    next.leases()
        .forEach((member, grant) ->
            granted.put(
                member,
                grant.equals(ledger.leases().get(member))
                    ? grantedAt.getOrDefault(member, now)
                    : now));
    var moved = !next.office().equals(ledger.office());
    return new Witness(next, granted, moved ? now : officeAt);
  }

  /** Leases that must have ended by now, whatever happened to their holders. */
  Map<MemberId, Grant> lapsed(LeaseTerms terms, Moment now) {
    var lapsed = new HashMap<>(ledger.leases());
    lapsed
        .keySet()
        .removeIf(member -> !now.isPast(grantedAt.getOrDefault(member, now), terms.endedAfter()));
    return lapsed;
  }
}
