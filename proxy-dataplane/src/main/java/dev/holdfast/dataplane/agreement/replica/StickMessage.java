package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the replicas of a StickyBalancer tell each other beside the log. */
public sealed interface StickMessage extends ReplicaMessage {

  /**
   * To whoever leads: what a member finds of groups' checks.
   *
   * @param serial counts what this process of the member has cast
   * @param verdicts by group and check
   * @param reasons of those that failed, for people; an older replica sends none
   * @param age of the oldest verdict, by the voter's clock when it sent them
   */
  record Verdicts(
      Incarnation voter,
      long serial,
      Map<String, Health> verdicts,
      Map<String, String> reasons,
      Duration age)
      implements StickMessage {
    public Verdicts {
      verdicts = Map.copyOf(verdicts);
      reasons = Map.copyOf(reasons);
    }

    @Override
    public Optional<MemberId> author() {
      return Optional.of(voter.member());
    }
  }

  /** To all: tell your verdicts. */
  record AskVerdicts() implements StickMessage {
    @Override
    public Optional<MemberId> author() {
      return Optional.empty();
    }
  }
}
