package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.TableCommand.EndLeases;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Govern;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Reign;
import dev.holdfast.dataplane.agreement.stick.TableCommand.RenewLease;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Rule;
import dev.holdfast.dataplane.agreement.stick.TableCommand.SetMembers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this member is to have committed. It is derived anew from the state in each step, and
 * proposed until it is committed or no longer so.
 */
final class Duties {
  private Duties() {}

  static Turn propose(Turn turn) {
    var renewed = renew(turn);
    var due = new HashMap<TableCommand, Moment>();
    var next = renewed;
    for (var command : of(renewed)) {
      var last = renewed.state().proposed().get(command);
      var again = last == null || renewed.now().isPast(last, renewed.policy().terms().renewEvery());
      due.put(command, again ? renewed.now() : last);
      next = again ? next.propose(command) : next;
    }
    return next.with(next.state().proposed(due));
  }

  private static Turn renew(Turn turn) {
    var due = renewalDue(turn);
    if (!mayRenew(turn) || (due != null && turn.now().isBefore(due))) {
      return turn;
    }
    var cut = turn.state().cuts().cut();
    var sent = turn.state().renewals().sent(cut, turn.now());
    var self = turn.state().self();
    var after = turn.head().processes().get(self.member());
    return turn.propose(new RenewLease(self, after, sent.serial(), cut))
        .with(turn.state().with(sent));
  }

  /**
   * Others wait for the word of who has cut what somebody took away; for what time took away they
   * wait until the next regular one.
   *
   * @return null for at once
   */
  static @Nullable Moment renewalDue(Turn turn) {
    var fence = turn.head().fence();
    var cut = turn.state().cuts().cut();
    return turn.state().renewals().due(cut >= fence ? fence : -1, turn.policy().terms());
  }

  /** Connections from a lease that is over are cut before there is another one. */
  static boolean mayRenew(Turn turn) {
    return turn.head().members().contains(turn.state().self().member())
        && !turn.state().door().severing();
  }

  private static List<TableCommand> of(Turn turn) {
    var duties = new ArrayList<TableCommand>();
    var leadership = turn.state().leadership();
    if (!leadership.leading()) {
      return duties;
    }
    if (!leadership.members().isEmpty() && !leadership.members().equals(turn.head().members())) {
      duties.add(new SetMembers(leadership.members()));
    }
    var lapsed = turn.state().sightings().lapsed(turn.policy().terms(), turn.now());
    if (!lapsed.isEmpty()) {
      duties.add(new EndLeases(lapsed));
    }
    govern(turn).ifPresent(duties::add);
    rule(turn).ifPresent(duties::add);
    return duties;
  }

  /** Where the generation is the same, what the leader's configuration says counts. */
  private static Optional<TableCommand> govern(Turn turn) {
    var policy = turn.policy();
    return policy.generation() < turn.head().generation()
            || policy.configuration().equals(turn.head().configuration())
        ? Optional.empty()
        : Optional.of(
            new Govern(policy.generation(), policy.configuration(), Verdicts.unproven(turn)));
  }

  private static Optional<TableCommand> rule(Turn turn) {
    var self = turn.state().self();
    var reigning = turn.state().leadership().reigning();
    if (reigning == null) {
      return Optional.of(new Reign(self));
    }
    var head = turn.head();
    var seconds = Math.max(head.now(), reigning.seconds(turn.now()));
    var news = Verdicts.news(turn);
    return seconds == head.now() && !head.overdue() && news.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule(self, head.ruled(), seconds, news));
  }
}
