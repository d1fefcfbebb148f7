package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The newest ballot of each member. */
public record Ballots(Map<MemberId, Ballot> cast) {

  public Ballots {
    cast = Map.copyOf(cast);
  }

  public static Ballots none() {
    return new Ballots(Map.of());
  }

  /** A ballot that was cast before the one that is known changes nothing. */
  public Ballots with(Ballot ballot) {
    var voter = ballot.voter().member();
    var before = cast.get(voter);
    if (before != null && ballot.isNoNewerThan(before)) {
      return this;
    }
    var next = new HashMap<>(cast);
    next.put(voter, ballot);
    return new Ballots(next);
  }

  /** Without those who are no members. */
  public Ballots of(Set<MemberId> members) {
    if (members.containsAll(cast.keySet())) {
      return this;
    }
    var next = new HashMap<>(cast);
    next.keySet().retainAll(members);
    return new Ballots(next);
  }

  /**
   * @param maxAge two intervals between checks and the time that a check takes, so that one check
   *     may be lost
   */
  public Tally on(String backend, Set<MemberId> members, Moment now, Duration maxAge) {
    int healthy = 0;
    int unhealthy = 0;
    for (var member : members) {
      switch (verdict(member, backend, now, maxAge)) {
        case Healthy -> healthy++;
        case Unhealthy -> unhealthy++;
        case Unknown -> {}
      }
    }
    return new Tally(members.size(), healthy, unhealthy);
  }

  /**
   * Why it is unhealthy, in the words of one member that finds it so and says why: the first by
   * name.
   */
  public Optional<String> why(String backend, Set<MemberId> members, Moment now, Duration maxAge) {
    return members.stream()
        .filter(member -> verdict(member, backend, now, maxAge) == Health.Unhealthy)
        .sorted(Comparator.comparing(MemberId::peer))
        .flatMap(member -> words(member, backend).stream())
        .findFirst();
  }

  private Optional<String> words(MemberId voter, String backend) {
    return Optional.ofNullable(cast.get(voter))
        .map(ballot -> ballot.reasons().get(backend))
        .map(why -> voter.peer() + " says " + why);
  }

  /** What a member found out, unless that is too old to count. */
  public Health verdict(MemberId voter, String backend, Moment now, Duration maxAge) {
    return Optional.ofNullable(cast.get(voter))
        .filter(ballot -> now.isBefore(ballot.at().plus(maxAge)))
        .map(ballot -> ballot.verdicts().get(backend))
        .orElse(Health.Unknown);
  }
}
