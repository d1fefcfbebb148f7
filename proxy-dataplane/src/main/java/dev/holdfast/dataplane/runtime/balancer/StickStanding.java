package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.sticky.GroupStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decider has to tell of its groups at one moment.
 *
 * @param expireAfter how many seconds a key without a connection keeps its group
 * @param clock of the table
 * @param votes by group, such as 2/3: how many agree of the replicas that have a verdict; only who
 *     leads knows them
 * @param agreement null for who decides alone
 */
record StickStanding(
    Collection<GroupStanding> groups,
    int expireAfter,
    Clock clock,
    Map<Integer, String> votes,
    @Nullable Agreement agreement) {

  /** Of who decides alone. */
  StickStanding(Collection<GroupStanding> groups, int expireAfter, Clock clock) {
    this(groups, expireAfter, clock, Map.of(), null);
  }

  /**
   * @param now in the table's seconds
   * @param at when it was so
   */
  record Clock(int now, Instant at) {
    private static final Duration SHAKES = Duration.ofSeconds(2);

    Instant instant(int seconds) {
      return at.plusSeconds((long) seconds - now);
    }

    /** Another one only when the table's seconds have left it: what is told should not shake. */
    Clock follow(int second, Instant instant) {
      var apart = Duration.between(instant(second), instant);
      return apart.abs().compareTo(SHAKES) > 0 ? new Clock(second, instant) : this;
    }

    int seconds(Instant instant) {
      return (int) Math.min(Integer.MAX_VALUE, now + Duration.between(at, instant).toSeconds());
    }
  }

  StickStanding {
    groups = List.copyOf(groups);
    votes = Map.copyOf(votes);
  }

  Optional<GroupStanding> of(int group) {
    return groups.stream().filter(one -> one.id() == group).findFirst();
  }
}
