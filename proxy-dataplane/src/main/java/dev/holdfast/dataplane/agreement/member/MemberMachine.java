package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Command.RenewLease;
import dev.holdfast.dataplane.agreement.ledger.Grant;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.member.MemberEvent.Applied;
import dev.holdfast.dataplane.agreement.member.MemberEvent.BallotCast;
import dev.holdfast.dataplane.agreement.member.MemberEvent.ConnectFailed;
import dev.holdfast.dataplane.agreement.member.MemberEvent.HooksEnded;
import dev.holdfast.dataplane.agreement.member.MemberEvent.Installed;
import dev.holdfast.dataplane.agreement.member.MemberEvent.Leads;
import dev.holdfast.dataplane.agreement.member.MemberEvent.MembersChanged;
import dev.holdfast.dataplane.agreement.member.MemberEvent.PolicyApplied;
import dev.holdfast.dataplane.agreement.member.MemberEvent.Severed;
import dev.holdfast.dataplane.agreement.member.MemberEvent.SwitchRequested;
import dev.holdfast.dataplane.agreement.member.MemberEvent.Tick;
import dev.holdfast.dataplane.agreement.vote.Ballot;
import java.util.List;

/**
 * Decides what one member does. A pure function: the same state, event, policy and time give the
 * same next state and effects.
 *
 * <p>Laws: it admits clients and runs hooks only under a lease, and before it looks at any event it
 * ends what it has no right to any more, so that a process which was stopped does nothing on an old
 * lease; it asks for a lease under a new fence only when its older connections are cut.
 */
public final class MemberMachine {
  private MemberMachine() {}

  public record Step(MemberState state, List<MemberEffect> effects) {}

  public static Step step(MemberState state, MemberEvent event, MemberPolicy policy, Moment now) {
    var turn = Rights.enforce(new Turn(state, List.of(), policy, now));
    var rightful = Rights.exercise(Rights.enforce(react(turn, event)));
    var decided = Duties.propose(Inquiry.pursue(Stability.observe(forget(rightful))));
    return new Step(decided.state().wakeAt(Waking.at(decided)), decided.effects());
  }

  private static Turn react(Turn turn, MemberEvent event) {
    var state = turn.state();
    var leadership = state.leadership();
    return switch (event) {
      case Applied(var index, var command) -> applied(turn, index, command);
      case Installed(var ledger) -> installed(turn, ledger);
      case Leads(var leading) -> leads(turn, leading);
      case MembersChanged(var members) -> turn.with(state.with(leadership.with(members)));
      case BallotCast cast -> counted(turn, cast);
      case ConnectFailed(var epoch) -> connectFailed(turn, epoch);
      case SwitchRequested(var to, var force) -> wished(turn, to, force);
      case Severed() -> turn.with(state.with(state.relays().severed()));
      case HooksEnded(var run, var aborted) -> hooksEnded(turn, run, aborted);
      case PolicyApplied(), Tick() -> turn;
    };
  }

  /** What members found out they told to the leader before. */
  private static Turn leads(Turn turn, boolean leading) {
    var before = turn.state().leadership();
    var next = turn.with(turn.state().with(before.leads(leading, turn.now())));
    return leading && !before.leading()
        ? next.effect(new MemberEffect.AskVerdicts(List.of()))
        : next;
  }

  private static Turn applied(Turn turn, long index, Command command) {
    var state = turn.state().with(turn.state().witness().apply(index, command, turn.now()));
    return command instanceof RenewLease(var holder, var serial, var fence)
            && holder.equals(state.self())
        ? turn.with(answered(turn, state, serial))
        : turn.with(state);
  }

  private static Turn installed(Turn turn, Ledger ledger) {
    var state = turn.state().with(Witness.of(ledger, turn.now()));
    var grant = ledger.leases().get(state.self().member());
    return grant != null && grant.incarnation() == state.self().number()
        ? turn.with(answered(turn, state, grant.serial()))
        : turn.with(state);
  }

  private static MemberState answered(Turn turn, MemberState state, long serial) {
    var fence = state.ledger().fence();
    var mine = new Grant(fence, state.self().number(), serial);
    var granted = mine.equals(state.ledger().leases().get(state.self().member()));
    return state.with(
        state.renewals().answered(serial, granted ? fence : null, turn.policy().terms()));
  }

  private static Turn counted(Turn turn, BallotCast cast) {
    var at = new Moment(turn.now().nanos() - cast.age().toNanos());
    var leadership = turn.state().leadership();
    var ballots =
        leadership.ballots().with(new Ballot(cast.voter(), cast.serial(), at, cast.verdicts()));
    var own = turn.state().self();
    var counted = cast.voter().equals(own) ? ballots : ballots.of(turn.ledger().members());
    var told = turn.with(turn.state().with(leadership.with(counted)));
    return Inquiry.tellsDoubt(turn, told, cast.voter().member()) ? doubted(told) : told;
  }

  private static Turn doubted(Turn turn) {
    return turn.with(turn.state().with(turn.state().leadership().doubted(turn.now())));
  }

  private static Turn hooksEnded(Turn turn, long run, boolean aborted) {
    return turn.state().hooks() instanceof HookRun.Running(var running, var fence, var deadline)
            && running == run
        ? turn.with(turn.state().with(new HookRun.Ended(run, fence, aborted)))
        : turn;
  }

  private static Turn connectFailed(Turn turn, long epoch) {
    return turn.ledger().office() instanceof Office.Serving(var tenure) && tenure.epoch() == epoch
        ? doubted(turn)
        : turn;
  }

  /** Told again and again, because a leader may end: one that stands is not prolonged by that. */
  private static Turn wished(Turn turn, String to, boolean force) {
    var leadership = turn.state().leadership();
    var wish = new Wish(to, force, turn.ledger().fence(), turn.now());
    var known = leadership.wish();
    return !leadership.leading()
            || !wish.canBegin(turn)
            || (known != null && known.isSame(wish) && known.stands(turn))
        ? turn
        : turn.with(turn.state().with(leadership.with(wish)));
  }

  private static Turn forget(Turn turn) {
    var leadership = turn.state().leadership();
    var wish = leadership.wish();
    return wish == null || wish.stands(turn)
        ? turn
        : turn.with(turn.state().with(leadership.with((Wish) null)));
  }
}
