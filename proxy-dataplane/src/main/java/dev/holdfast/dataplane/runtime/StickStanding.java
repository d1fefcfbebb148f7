package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.sticky.GroupStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a decider has to tell of its groups at one moment.
 *
 * @param expireAfter how many seconds a key without a connection keeps its group
 * @param clock of the table
 */
record StickStanding(Collection<GroupStanding> groups, int expireAfter, Clock clock) {

  /**
   * @param now in the table's seconds
   * @param at when it was so
   */
  record Clock(int now, Instant at) {
    Instant instant(int seconds) {
      return at.plusSeconds((long) seconds - now);
    }

    int seconds(Instant instant) {
      return (int) Math.min(Integer.MAX_VALUE, now + Duration.between(at, instant).toSeconds());
    }
  }

  StickStanding {
    groups = List.copyOf(groups);
  }

  Optional<GroupStanding> of(int group) {
    return groups.stream().filter(one -> one.id() == group).findFirst();
  }
}
