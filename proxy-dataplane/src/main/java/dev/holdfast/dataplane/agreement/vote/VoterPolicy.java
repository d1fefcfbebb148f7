package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import java.time.Duration;
import java.util.List;

/**
 * What the configuration says of a member's tries.
 *
 * @param tryDeadline by which a try has answered or is given up
 * @param recheckInterval between tries of what is unusable, at most
 * @param verdictAge beyond which a verdict is no vote
 */
public record VoterPolicy(
    List<Candidate> candidates,
    Duration tryDeadline,
    Duration recheckInterval,
    Duration verdictAge) {
  /** The first pauses are short, because what a client met may be over at once. */
  private static final Duration FIRST_PAUSE = Backoff.MIN.multipliedBy(2);

  public VoterPolicy {
    candidates = List.copyOf(candidates);
  }

  /**
   * Before the next try of what is unusable. They double, and end before the vote is void.
   *
   * @param failures in a row, from 1
   */
  Duration pause(int failures) {
    var half = verdictAge.dividedBy(2);
    var longest = recheckInterval.compareTo(half) < 0 ? recheckInterval : half;
    var pause = FIRST_PAUSE;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  /** A ballot is as old as its oldest vote: one that is nearly void would take others with it. */
  Duration castWithin() {
    return verdictAge.multipliedBy(3).dividedBy(4);
  }
}
