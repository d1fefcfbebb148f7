package dev.holdfast.dataplane.agreement.lease;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import java.util.HashMap;
import java.util.Map;

/**
 * The leases of a ledger, and when this process saw each of them granted. Who leads waits by these
 * times, and so every member keeps them: a new leader then need not wait from the beginning.
 *
 * @param <L> a lease as the ledger has it; two that were asked for at different times differ
 * @param seenAt for each lease
 */
public record Sightings<L>(Map<MemberId, L> leases, Map<MemberId, Moment> seenAt) {

  public Sightings {
    leases = Map.copyOf(leases);
    seenAt = Map.copyOf(seenAt);
  }

  /** All of them are seen now. */
  public static <L> Sightings<L> of(Map<MemberId, L> leases, Moment now) {
    return new Sightings<L>(Map.of(), Map.of()).with(leases, now);
  }

  /** Those that are new are seen now. */
  public Sightings<L> with(Map<MemberId, L> next, Moment now) {
    if (next.equals(leases)) {
      return this;
    }
    var seen = new HashMap<MemberId, Moment>();
    next.forEach((member, lease) ->
        seen.put(
            member, lease.equals(leases.get(member)) ? seenAt.getOrDefault(member, now) : now));
    return new Sightings<>(next, seen);
  }

  /** Leases that must have ended by now, whatever happened to their holders. */
  public Map<MemberId, L> lapsed(LeaseTerms terms, Moment now) {
    var lapsed = new HashMap<>(leases);
    lapsed
        .keySet()
        .removeIf(member -> !now.isPast(seenAt.getOrDefault(member, now), terms.endedAfter()));
    return lapsed;
  }
}
