package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Office;

/**
 * A person's wish for another primary, while it can still come true. Nothing of it is committed:
 * when the leader that heard it ends, so does the wish.
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

  boolean granted(Turn turn) {
    return turn.policy().candidate(to).filter(candidate -> candidate.active()).isPresent()
        && (force || turn.votes(to).usable());
  }
}
