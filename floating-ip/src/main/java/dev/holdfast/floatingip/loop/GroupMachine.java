package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.loop.GroupEvent.HealthObserved;
import dev.holdfast.floatingip.loop.GroupEvent.LeadershipChanged;
import dev.holdfast.floatingip.loop.GroupEvent.MoveEnded;
import dev.holdfast.floatingip.loop.GroupEvent.PolicyApplied;
import dev.holdfast.floatingip.loop.GroupEvent.PollFailed;
import dev.holdfast.floatingip.loop.GroupEvent.PollSucceeded;
import dev.holdfast.floatingip.loop.GroupEvent.Tick;
import dev.holdfast.floatingip.loop.GroupEvent.Yielded;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Runs a group of floating IPs: when to read the cloud, what to move and when. A pure function: the
 * same state, event, policy and time give the same next state and effects.
 *
 * <p>Laws: at most one poll is under way, and one move of each floating IP; no move begins before
 * the cloud was read since this process may write; none begins that the newest plan does not want,
 * and none of an IP that another group moves; what may have been written is read before it is
 * written again.
 */
public final class GroupMachine {

  private GroupMachine() {}

  public record Step(GroupState state, List<GroupEffect> effects) {}

  public static Step step(GroupState state, GroupEvent event, GroupPolicy policy, Instant now) {
    var turn = new Turn(state, policy, now);
    react(turn, event);
    Polling.review(turn);
    Planning.review(turn);
    Admission.review(turn);
    return turn.end();
  }

  private static void react(Turn turn, GroupEvent event) {
    switch (event) {
      case Tick() -> {}
      case LeadershipChanged(var leads) -> leadership(turn, leads);
      case PolicyApplied(var otherSource) -> {
        if (otherSource) {
          otherSource(turn);
        }
      }
      case Yielded(var floatingIps) -> yielded(turn, floatingIps);
      case PollSucceeded succeeded -> Polling.succeeded(turn, succeeded);
      case PollFailed failed -> Polling.failed(turn, failed);
      case HealthObserved(var server, var checks) -> HealthNews.observed(turn, server, checks);
      case MoveEnded ended -> MoveNews.ended(turn, ended);
    }
  }

  /** Who leads reads first: what others wrote meanwhile is not known. */
  private static void leadership(Turn turn, boolean leads) {
    if (turn.leads != leads) {
      turn.leads = leads;
      turn.reading = turn.reading.anew(turn.now);
      revoke(turn, ip -> true);
    }
  }

  private static void yielded(Turn turn, Set<Long> floatingIps) {
    turn.yielded = floatingIps;
    revoke(turn, floatingIps::contains);
  }

  private static void otherSource(Turn turn) {
    turn.reading = turn.reading.anew(turn.now);
    turn.moves = turn.moves.withOtherSource();
    revoke(turn, ip -> true);
  }

  private static void revoke(Turn turn, LongPredicate which) {
    turn.moves.underWay().values().stream()
        .filter(one -> !one.revoked())
        .map(one -> one.move().floatingIp())
        .filter(which::test)
        .sorted()
        .forEach(ip -> revoke(turn, ip));
  }

  static void revoke(Turn turn, long floatingIp) {
    turn.moves = turn.moves.revoke(floatingIp);
    turn.effect(new GroupEffect.RevokeMove(floatingIp));
  }
}
