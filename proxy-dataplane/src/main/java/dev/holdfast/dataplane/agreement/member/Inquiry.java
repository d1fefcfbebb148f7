package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leader has all members find out, and when. Questions and answers may be lost, and so each
 * question is put again for as long as there is a reason for it.
 *
 * @param at from when on it may be put
 */
record Inquiry(Moment at, List<String> backends) {
  /** A question or an answer may be lost, and the votes are still not void. */
  private static final int ASKED_WITHIN_AGE = 3;

  /** However many clients fail, members are asked for all of it at a time and not too often. */
  static Turn pursue(Turn turn) {
    var open = open(turn);
    if (open.stream().noneMatch(inquiry -> !turn.now().isBefore(inquiry.at()))) {
      return turn;
    }
    var backends =
        open.stream().flatMap(inquiry -> inquiry.backends().stream()).distinct().toList();
    return turn.effect(new MemberEffect.AskVerdicts(backends))
        .with(turn.state().with(turn.state().leadership().asked(turn.now())));
  }

  static void wake(Turn turn, List<Moment> times) {
    open(turn).forEach(inquiry -> times.add(inquiry.at()));
  }

  private static List<Inquiry> open(Turn turn) {
    if (!turn.state().leads()) {
      return List.of();
    }
    return switch (turn.ledger().office()) {
      // nobody's checks may be under way but those that are asked for
      case Office.Vacant _ ->
          List.of(again(turn, renewEvery(turn), names(turn.policy().candidates())));
      case Office.Serving(var tenure) -> ofServing(turn, tenure);
      case Office.Fencing _, Office.RunningHooks _ -> List.of();
    };
  }

  private static List<Inquiry> ofServing(Turn turn, Tenure tenure) {
    var open = new ArrayList<Inquiry>();
    var leadership = turn.state().leadership();
    var primary = List.of(tenure.name());
    if (isNews(turn, leadership.doubtedAt())) {
      open.add(again(turn, Backoff.MIN, primary));
    } else if (isUnsettled(turn, tenure)) {
      open.add(again(turn, withinAge(turn), primary));
    }
    var contenders = Failbacks.toAsk(turn);
    if (!contenders.isEmpty()) {
      open.add(again(turn, withinAge(turn), contenders));
    }
    var wish = leadership.wish();
    if (wish != null && !wish.granted(turn)) {
      var pause = isNews(turn, wish.since()) ? Backoff.MIN : renewEvery(turn);
      open.add(again(turn, pause, List.of(wish.to())));
    }
    return open;
  }

  /** Whether a ballot says for the first time that a primary without checks is not reached. */
  static boolean tellsDoubt(Turn before, Turn after, MemberId voter) {
    return after.ledger().office() instanceof Office.Serving(var tenure)
        && !isChecked(after, tenure)
        && verdict(before, voter, tenure) != Health.Unhealthy
        && verdict(after, voter, tenure) == Health.Unhealthy;
  }

  /** Some do not reach a primary without checks; the others' votes may be old, or missing. */
  private static boolean isUnsettled(Turn turn, Tenure tenure) {
    var votes = turn.votes(tenure.name());
    return !isChecked(turn, tenure) && votes.unhealthy() > 0 && !votes.lost();
  }

  private static Health verdict(Turn turn, MemberId voter, Tenure tenure) {
    var ballots = turn.state().leadership().ballots();
    return ballots.verdict(voter, tenure.name(), turn.now(), turn.policy().verdictAge());
  }

  private static boolean isChecked(Turn turn, Tenure tenure) {
    return turn.policy().candidate(tenure.name()).filter(Candidate::checked).isPresent();
  }

  /** What was asked before it is no answer to it. */
  private static boolean isNews(Turn turn, @Nullable Moment since) {
    var asked = turn.state().leadership().askedAt();
    return since != null && (asked == null || asked.isBefore(since));
  }

  private static Inquiry again(Turn turn, Duration pause, List<String> backends) {
    var asked = turn.state().leadership().askedAt();
    return new Inquiry(asked == null ? turn.now() : asked.plus(pause), backends);
  }

  private static Duration renewEvery(Turn turn) {
    return turn.policy().terms().renewEvery();
  }

  private static Duration withinAge(Turn turn) {
    return turn.policy().verdictAge().dividedBy(ASKED_WITHIN_AGE);
  }

  private static List<String> names(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::name).toList();
  }
}
