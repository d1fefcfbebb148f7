package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.health.Health;
import java.util.Map;

/**
 * What one member found out about the backends.
 *
 * @param serial counts the ballots of this process of the voter
 * @param at when it found out, by the clock of whoever counts; says nothing of the order of two
 *     ballots, because one may have been longer on its way
 * @param verdicts by backend; {@link Health#Unknown} is no vote
 * @param reasons of those that are Unhealthy, in the voter's words; there need not be any
 */
public record Ballot(
    Incarnation voter,
    long serial,
    Moment at,
    Map<String, Health> verdicts,
    Map<String, String> reasons) {

  public Ballot {
    verdicts = Map.copyOf(verdicts);
    reasons = Map.copyOf(reasons);
  }

  public Ballot(Incarnation voter, long serial, Moment at, Map<String, Health> verdicts) {
    this(voter, serial, at, verdicts, Map.of());
  }

  /** Whether the same process cast this one before that one, or it is that one. */
  boolean isNoNewerThan(Ballot other) {
    return voter.equals(other.voter) && serial <= other.serial;
  }
}
