package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Office;
import dev.holdfast.dataplane.failover.Reason;

/**
 * A person's wish for another primary, while it can still come true. Nothing of it is committed:
 * when the leader that heard it ends, the next one hears it from whoever was asked.
 *
 * @param force whether it is taken without votes
 * @param over the fence of the primary that is to be left
 * @param since when it was heard
 */
record Wish(String to, boolean force, long over, Moment since) {

  /** Whether it still asks for what can be: the primary is there, or is left for it. */
  boolean stands(Turn turn) {
    var inTime = !turn.now().isPast(since, turn.policy().verdictAge());
    return switch (turn.ledger().office()) {
      case Office.Serving _ -> turn.ledger().fence() == over && inTime;
      case Office.Vacant(var search) -> !search.discarded().contains(to) && inTime;
      case Office.Fencing _, Office.RunningHooks _ -> false;
    };
  }

  /** Whether it may be taken up: over a primary, or over one that was left for a wish. */
  boolean canBegin(Turn turn) {
    return switch (turn.ledger().office()) {
      case Office.Serving(var tenure) -> !tenure.name().equals(to);
      case Office.Vacant(var search) -> search.reason() == Reason.Switchover;
      case Office.Fencing _, Office.RunningHooks _ -> false;
    };
  }

  boolean isSame(Wish other) {
    return to.equals(other.to) && force == other.force && over == other.over;
  }

  boolean granted(Turn turn) {
    return turn.policy().candidate(to).filter(candidate -> candidate.active()).isPresent()
        && (force || turn.votes(to).usable());
  }
}
