package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.TakeHooks;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Search;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.agreement.vote.Election;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Reason;
import java.util.Optional;
import java.util.Set;

/** The leader's decision: who is primary, and who runs the hooks. */
final class Primacy {
  private Primacy() {}

  /** A leader whose configuration is older than the newest primary's decides nothing. */
  static Optional<Command> decide(Turn turn) {
    if (turn.policy().generation() == 0
        || turn.policy().generation() < turn.ledger().generation()) {
      return Optional.empty();
    }
    return switch (turn.ledger().office()) {
      case Office.Vacant(var search) -> choose(turn, search);
      case Office.Fencing(var tenure, var search, var runner) ->
          leave(turn, tenure).or(() -> take(turn, runner));
      case Office.RunningHooks(var tenure, var search, var runner) ->
          leave(turn, tenure).or(() -> take(turn, runner));
      case Office.Serving(var tenure) ->
          leave(turn, tenure).or(() -> leaveForWish(turn)).or(() -> Failbacks.leave(turn));
    };
  }

  private static Optional<Command> leaveForWish(Turn turn) {
    var wish = turn.state().leadership().wish();
    return wish != null && wish.granted(turn)
        ? Optional.of(new LeavePrimary(turn.ledger().fence(), Reason.Switchover))
        : Optional.empty();
  }

  private static Optional<Command> leave(Turn turn, Tenure tenure) {
    return turn.policy()
        .candidate(tenure.name())
        .map(candidate -> unfit(turn, tenure, candidate))
        .orElse(Optional.of(Reason.BackendRemoved))
        .map(reason -> new LeavePrimary(turn.ledger().fence(), reason));
  }

  private static Optional<Reason> unfit(Turn turn, Tenure tenure, Candidate candidate) {
    return switch (candidate.wish()) {
      case Disabled -> Optional.of(Reason.BackendDisabled);
      case Draining -> Optional.of(Reason.BackendDraining);
      case Active ->
          !target(candidate).equals(tenure.target())
              ? Optional.of(Reason.BackendRemoved)
              : Optional.of(Reason.CheckFailed).filter(_ -> turn.votes(tenure.name()).lost());
    };
  }

  /** Whoever was to run the hooks does not lead any more, or is a process that ended. */
  private static Optional<Command> take(Turn turn, Incarnation runner) {
    var self = turn.state().self();
    return runner.equals(self)
        ? Optional.empty()
        : Optional.of(new TakeHooks(turn.ledger().fence(), self));
  }

  private static Optional<Command> choose(Turn turn, Search search) {
    var wish = turn.state().leadership().wish();
    if (wish != null && search.reason() == Reason.Switchover && wish.granted(turn)) {
      return turn.policy()
          .candidate(wish.to())
          .map(candidate -> propose(turn, candidate, search.reason()));
    }
    if (wish == null && search.reason() == Reason.Switchover && turn.now().isBefore(toldBy(turn))) {
      return Optional.empty();
    }
    var successor = Failbacks.successor(turn, search);
    if (successor.isPresent()) {
      return successor.map(candidate -> propose(turn, candidate, search.reason()));
    }
    var patient = turn.now().isBefore(patientUntil(turn));
    var floor = turn.policy().floor();
    if (turn.ledger().epoch() > 0 || floor == null) {
      return elect(turn, search, patient).map(chosen -> propose(turn, chosen, search.reason()));
    }
    var before = turn.policy().candidate(floor.name()).filter(Candidate::active);
    if (before.isPresent()) {
      var votes = turn.votes(floor.name());
      if (votes.usable() || (patient && !votes.lost())) {
        return before
            .filter(_ -> votes.usable())
            .map(candidate -> propose(turn, candidate, Reason.Resumed));
      }
    }
    return elect(turn, search, patient).map(chosen -> propose(turn, chosen, Reason.CheckFailed));
  }

  /** Candidates that were discarded come back when all others were asked, and after a pause. */
  private static Optional<Candidate> elect(Turn turn, Search search, boolean patient) {
    var candidates = turn.policy().candidates();
    var first = Election.choose(candidates, search.discarded(), turn::votes, patient);
    return first.isPresent()
            || search.discarded().isEmpty()
            || turn.now().isBefore(pause(turn, search))
        ? first
        : Election.choose(candidates, Set.of(), turn::votes, patient);
  }

  /** By then a new leader has been told for whom the primary was left. */
  static Moment toldBy(Turn turn) {
    var since = turn.state().leadership().since();
    return (since == null ? turn.now() : since).plus(turn.policy().terms().renewEvery());
  }

  /** By then every member's verdicts have come, if they come at all. */
  static Moment patientUntil(Turn turn) {
    var vacantAt = turn.state().witness().officeAt();
    var since = turn.state().leadership().since();
    var from = since == null || since.isBefore(vacantAt) ? vacantAt : since;
    return from.plus(turn.policy().verdictAge());
  }

  static Moment pause(Turn turn, Search search) {
    var pause = turn.policy().backoff().pause(search.rounds());
    return turn.state().witness().officeAt().plus(pause);
  }

  private static Command propose(Turn turn, Candidate candidate, Reason reason) {
    var floor = turn.policy().floor();
    var hooked = reason != Reason.Resumed && turn.policy().hooks().on().contains(reason.trigger());
    return new ProposePrimary(
        turn.ledger().fence(),
        target(candidate),
        turn.policy().generation(),
        reason,
        hooked,
        floor == null ? 0 : floor.epoch(),
        turn.state().self());
  }

  private static Target target(Candidate candidate) {
    return new Target(candidate.name(), candidate.host(), candidate.port());
  }
}
