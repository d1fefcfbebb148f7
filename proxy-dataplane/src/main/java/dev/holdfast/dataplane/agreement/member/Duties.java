package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Command.EndHooks;
import dev.holdfast.dataplane.agreement.ledger.Command.EndLeases;
import dev.holdfast.dataplane.agreement.ledger.Command.RenewLease;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Office.RunningHooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * What this member is to have committed. It is derived anew from the state in each step, and
 * proposed until it is committed or no longer so.
 */
final class Duties {
  private Duties() {}

  static Turn propose(Turn turn) {
    var renewed = renew(turn);
    var due = new HashMap<Command, Moment>();
    var next = renewed;
    for (var command : of(renewed)) {
      var last = renewed.state().proposed().get(command);
      var again = last == null || renewed.now().isPast(last, renewed.policy().terms().renewEvery());
      due.put(command, again ? renewed.now() : last);
      next = again ? next.propose(command) : next;
    }
    return next.with(next.state().proposed(due));
  }

  /** A lease under a new fence is asked for when what was done under the old one is undone. */
  private static Turn renew(Turn turn) {
    if (!mayRenew(turn)) {
      return turn;
    }
    var fence = turn.ledger().fence();
    var renewals = turn.state().renewals();
    var due = renewals.due(fence, turn.policy().terms());
    if (due != null && turn.now().isBefore(due)) {
      return turn;
    }
    var sent = renewals.sent(fence, turn.now());
    return turn.propose(new RenewLease(turn.state().self(), sent.serial(), fence))
        .with(turn.state().with(sent));
  }

  static boolean mayRenew(Turn turn) {
    return turn.ledger().members().contains(turn.state().self().member())
        && !turn.state().relays().severing();
  }

  private static List<Command> of(Turn turn) {
    var duties = new ArrayList<Command>();
    if (turn.state().hooks() instanceof HookRun.Ended(var run, var fence, var aborted)
        && turn.ledger().office() instanceof RunningHooks) {
      duties.add(new EndHooks(fence, aborted));
    }
    var leadership = turn.state().leadership();
    if (!leadership.leading()) {
      return duties;
    }
    if (!leadership.members().isEmpty() && !leadership.members().equals(turn.ledger().members())) {
      duties.add(new SetMembers(leadership.members()));
    }
    var lapsed = turn.state().witness().lapsed(turn.policy().terms(), turn.now());
    if (!lapsed.isEmpty()) {
      duties.add(new EndLeases(lapsed));
    }
    Primacy.decide(turn).ifPresent(duties::add);
    return duties;
  }
}
