package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Applied;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.BallotCast;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Cut;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Leads;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.MembersChanged;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.PolicyApplied;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Severed;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Tick;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.VerdictsWanted;
import dev.holdfast.dataplane.agreement.vote.Ballot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one replica does that shares a table. A pure function: the same state, event, policy
 * and time give the same next state and effects.
 *
 * <p>Laws: it admits clients, and has connections, only under a lease that the ledger knows; before
 * it looks at any event it ends what it has no right to any more, so that a process which was
 * stopped does nothing on an old lease; it asks for a lease only when nothing is left from one that
 * is over, and never names an index up to which it has not cut what was taken away.
 */
public final class StickMember {
  private StickMember() {}

  public record Step(StickMemberState state, List<StickMemberEffect> effects) {}

  public static Step step(
      StickMemberState state, StickMemberEvent event, StickMemberPolicy policy, Moment now) {
    var turn = Rights.enforce(new Turn(state, List.of(), policy, now));
    var rightful = Rights.exercise(Rights.enforce(react(turn, event)));
    var decided = Duties.propose(Verdicts.cast(rightful));
    return new Step(decided.state().wakeAt(Waking.at(decided)), decided.effects());
  }

  private static Turn react(Turn turn, StickMemberEvent event) {
    var state = turn.state();
    return switch (event) {
      case Applied(var index, var head, var revoked) -> applied(turn, index, head, revoked);
      case Cut(var index) -> turn.with(state.with(state.cuts().closed(index)));
      case Leads(var leading) -> leads(turn, leading);
      case MembersChanged(var members) -> turn.with(state.with(state.leadership().with(members)));
      case BallotCast cast -> counted(turn, cast);
      case VerdictsWanted() ->
          turn.effect(new StickMemberEffect.Cast()).with(state.cast(turn.now()));
      case Severed() -> turn.with(state.with(state.door().severed()));
      case PolicyApplied(), Tick() -> turn;
    };
  }

  private static Turn applied(Turn turn, long index, LedgerHead head, boolean revoked) {
    var state = turn.state();
    var lease = head.leaseOf(state.self());
    var renewals =
        lease == null
            ? state.renewals()
            : state
                .renewals()
                .answered(lease.serial(), StickMemberState.NO_FENCE, turn.policy().terms());
    var leadership = state.leadership();
    return turn.with(
        state
            .with(head, turn.now())
            .with(renewals)
            .with(state.cuts().applied(index, revoked))
            .with(leadership.with(reigning(turn, head, leadership.reigning()))));
  }

  /** Time that passed under nobody's words is no time of the table's. */
  private static @Nullable Reigning reigning(
      Turn turn, LedgerHead head, @Nullable Reigning before) {
    if (!turn.state().self().equals(head.leader())) {
      return null;
    }
    return before == null ? new Reigning(turn.now(), head.now()) : before;
  }

  /** What members found out they told to the leader before. */
  private static Turn leads(Turn turn, boolean leading) {
    var before = turn.state().leadership();
    if (before.leading() == leading) {
      return turn;
    }
    var next =
        turn.with(turn.state().with(before.leads(leading).with(reigning(turn, turn.head(), null))));
    return leading ? next.effect(new StickMemberEffect.AskVerdicts()) : next;
  }

  private static Turn counted(Turn turn, BallotCast cast) {
    var at = new Moment(turn.now().nanos() - cast.age().toNanos());
    var leadership = turn.state().leadership();
    var ballots =
        leadership
            .ballots()
            .with(new Ballot(cast.voter(), cast.serial(), at, cast.verdicts(), cast.reasons()));
    var own = cast.voter().equals(turn.state().self());
    return turn.with(
        turn.state().with(leadership.with(own ? ballots : ballots.of(turn.head().members()))));
  }
}
