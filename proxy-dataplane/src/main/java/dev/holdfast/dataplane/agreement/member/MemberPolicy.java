package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.ledger.Tenure;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.HookPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this member's configuration says; another member may have another one for a while.
 *
 * @param generation of the configuration; 0 while there is none
 * @param candidates in order of preference; names are unique
 * @param verdictAge beyond which a verdict is no vote: 2 x interval + timeout of the checks
 * @param floor the primary from before the group; null for none
 */
public record MemberPolicy(
    LeaseTerms terms,
    long generation,
    List<Candidate> candidates,
    HookPlan hooks,
    Backoff backoff,
    Duration verdictAge,
    Failback failback,
    @Nullable Floor floor) {

  public record Floor(String name, long epoch) {}

  public MemberPolicy {
    candidates = List.copyOf(candidates);
  }

  /** Whether it is as new as the one that the primary was chosen by. */
  boolean knows(Tenure tenure) {
    return generation >= tenure.generation();
  }

  Optional<Candidate> candidate(String name) {
    return candidates.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
  }
}
