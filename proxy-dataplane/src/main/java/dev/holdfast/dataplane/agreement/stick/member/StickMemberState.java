package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.lease.Renewals;
import dev.holdfast.dataplane.agreement.lease.Sightings;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.TableLease;
import dev.holdfast.dataplane.agreement.vote.Tally;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the machine remembers. Nothing of it survives its process.
 *
 * @param castAt when this process told its verdicts last; null for never
 * @param proposed what is to be committed, and when it was proposed last
 * @param wakeAt when the machine wants a {@link StickMemberEvent.Tick}; null when never
 */
public record StickMemberState(
    Incarnation self,
    LedgerHead head,
    Sightings<TableLease> sightings,
    Renewals renewals,
    Cuts cuts,
    Door door,
    Leadership leadership,
    @Nullable Moment castAt,
    Map<TableCommand, Moment> proposed,
    @Nullable Moment wakeAt) {

  /** Leases on the table are not bound to a fence: what takes keys away revokes them one by one. */
  static final long NO_FENCE = 0;

  public StickMemberState {
    proposed = Map.copyOf(proposed);
  }

  /**
   * @param head of the ledger of this member's newest snapshot
   * @param index up to which that has applied the log
   */
  public static StickMemberState initial(
      Incarnation self, LedgerHead head, long index, Moment now) {
    return new StickMemberState(
        self,
        head,
        Sightings.of(head.leases(), now),
        Renewals.none(),
        Cuts.none(index),
        Door.closed(),
        Leadership.none(),
        null,
        Map.of(),
        null);
  }

  /** Whether this member leads, as far as it knows. */
  public boolean leads() {
    return leadership.leading();
  }

  /** What this member has heard of a check. */
  public Tally votes(StickMemberPolicy.Check check, StickMemberPolicy policy, Moment now) {
    return leadership.ballots().on(check.ballot(), head.members(), now, policy.verdictAge());
  }

  /** What a voter says of a check that it finds failed; empty when none says anything. */
  Optional<String> why(StickMemberPolicy.Check check, StickMemberPolicy policy, Moment now) {
    return leadership.ballots().why(check.ballot(), head.members(), now, policy.verdictAge());
  }

  /** Until when this process may act on what the table says; null when it may not. */
  public @Nullable Moment mayActUntil(Moment now) {
    var lease = renewals.lease();
    return lease != null && renewals.holds(NO_FENCE, now) && head.leaseOf(self) != null
        ? lease.until()
        : null;
  }

  StickMemberState with(LedgerHead next, Moment now) {
    return new StickMemberState(
        self,
        next,
        sightings.with(next.leases(), now),
        renewals,
        cuts,
        door,
        leadership,
        castAt,
        proposed,
        wakeAt);
  }

  StickMemberState with(Renewals next) {
    return new StickMemberState(
        self, head, sightings, next, cuts, door, leadership, castAt, proposed, wakeAt);
  }

  StickMemberState with(Cuts next) {
    return new StickMemberState(
        self, head, sightings, renewals, next, door, leadership, castAt, proposed, wakeAt);
  }

  StickMemberState with(Door next) {
    return new StickMemberState(
        self, head, sightings, renewals, cuts, next, leadership, castAt, proposed, wakeAt);
  }

  StickMemberState with(Leadership next) {
    return new StickMemberState(
        self, head, sightings, renewals, cuts, door, next, castAt, proposed, wakeAt);
  }

  StickMemberState cast(Moment now) {
    return new StickMemberState(
        self, head, sightings, renewals, cuts, door, leadership, now, proposed, wakeAt);
  }

  StickMemberState proposed(Map<TableCommand, Moment> next) {
    return new StickMemberState(
        self, head, sightings, renewals, cuts, door, leadership, castAt, next, wakeAt);
  }

  StickMemberState wakeAt(@Nullable Moment next) {
    return new StickMemberState(
        self, head, sightings, renewals, cuts, door, leadership, castAt, proposed, next);
  }
}
