package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberPolicy;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberState;
import dev.holdfast.dataplane.agreement.vote.Tally;
import java.util.HashMap;
import java.util.Map;

/** How replicas voted on groups' checks, for people. */
final class StickVotes {
  private StickVotes() {}

  /**
   * By group, the votes on the check on which the replicas agree least, such as 2/3: how many agree
   * of those that have a verdict. None where this replica does not lead and so has not heard them.
   */
  static Map<Integer, String> of(StickMemberState state, StickMemberPolicy policy, Moment now) {
    if (!state.leads()) {
      return Map.of();
    }
    var least = new HashMap<Integer, Tally>();
    for (var check : policy.checks()) {
      var votes = state.votes(check, policy, now);
      if (voted(votes) > 0) {
        least.merge(check.group(), votes, (one, other) -> share(other) < share(one) ? other : one);
      }
    }
    var said = new HashMap<Integer, String>();
    least.forEach((group, votes) -> said.put(group, agreed(votes) + "/" + voted(votes)));
    return said;
  }

  private static int voted(Tally votes) {
    return votes.healthy() + votes.unhealthy();
  }

  private static int agreed(Tally votes) {
    return Math.max(votes.healthy(), votes.unhealthy());
  }

  private static double share(Tally votes) {
    return (double) agreed(votes) / voted(votes);
  }
}
