package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.vote.Tally;
import dev.holdfast.health.Health;
import java.util.ArrayList;
import java.util.List;

/** One step under way: the state so far, the effects so far, and what the step may look at. */
record Turn(MemberState state, List<MemberEffect> effects, MemberPolicy policy, Moment now) {

  Turn {
    effects = List.copyOf(effects);
  }

  Turn with(MemberState next) {
    return new Turn(next, effects, policy, now);
  }

  Turn effect(MemberEffect effect) {
    var more = new ArrayList<>(effects);
    more.add(effect);
    return new Turn(state, more, policy, now);
  }

  Turn propose(Command command) {
    return effect(new MemberEffect.Propose(command));
  }

  Ledger ledger() {
    return state.ledger();
  }

  boolean holdsLease() {
    return state.holdsLease(now);
  }

  Tally votes(String backend) {
    return state.votes(backend, policy, now);
  }

  /** What this member itself found out. */
  Health ownVerdict(String backend) {
    return state
        .leadership()
        .ballots()
        .verdict(state.self().member(), backend, now, policy.verdictAge());
  }
}
