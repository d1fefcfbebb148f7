package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.lease.Renewals;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.vote.Tally;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the machine remembers. Nothing of it but the ledger survives its process.
 *
 * @param proposed what is to be committed, and when it was proposed last
 * @param wakeAt when the machine wants a {@link MemberEvent.Tick}; null when never
 */
public record MemberState(
    Incarnation self,
    Witness witness,
    Renewals renewals,
    Relays relays,
    HookRun hooks,
    Leadership leadership,
    Map<Command, Moment> proposed,
    @Nullable Moment wakeAt) {

  public MemberState {
    proposed = Map.copyOf(proposed);
  }

  /**
   * @param ledger from this member's newest snapshot
   */
  public static MemberState initial(Incarnation self, Ledger ledger, Moment now) {
    return new MemberState(
        self,
        Witness.of(ledger, now),
        Renewals.none(),
        Relays.none(),
        new HookRun.Idle(0),
        Leadership.none(),
        Map.of(),
        null);
  }

  public Ledger ledger() {
    return witness.ledger();
  }

  /** Whether this member leads, as far as it knows. */
  public boolean leads() {
    return leadership.leading();
  }

  /** What this member has heard of a backend. */
  public Tally votes(String backend, MemberPolicy policy, Moment now) {
    return leadership.ballots().on(backend, ledger().members(), now, policy.verdictAge());
  }

  /** Until when this process may act on what the ledger says; null when it may not. */
  public @Nullable Moment mayActUntil(Moment now) {
    return holdsLease(now) && renewals.lease() != null ? renewals.lease().until() : null;
  }

  /** Whether this process may act on what the ledger says. */
  boolean holdsLease(Moment now) {
    return renewals.holds(ledger().fence(), now);
  }

  MemberState with(Witness next) {
    return new MemberState(self, next, renewals, relays, hooks, leadership, proposed, wakeAt);
  }

  MemberState with(Renewals next) {
    return new MemberState(self, witness, next, relays, hooks, leadership, proposed, wakeAt);
  }

  MemberState with(Relays next) {
    return new MemberState(self, witness, renewals, next, hooks, leadership, proposed, wakeAt);
  }

  MemberState with(HookRun next) {
    return new MemberState(self, witness, renewals, relays, next, leadership, proposed, wakeAt);
  }

  MemberState with(Leadership next) {
    return new MemberState(self, witness, renewals, relays, hooks, next, proposed, wakeAt);
  }

  MemberState proposed(Map<Command, Moment> next) {
    return new MemberState(self, witness, renewals, relays, hooks, leadership, next, wakeAt);
  }

  MemberState wakeAt(@Nullable Moment next) {
    return new MemberState(self, witness, renewals, relays, hooks, leadership, proposed, next);
  }
}
