package dev.holdfast.dataplane.failover;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration says of one proxy.
 *
 * @param candidates in order of preference; names are unique
 * @param probeDeadline by which a probe has answered or is given up
 * @param recheckInterval between probes of a backend that failed passively
 */
public record FailoverPolicy(
    List<Candidate> candidates,
    Mode mode,
    Failback failback,
    Duration probeDeadline,
    Backoff backoff,
    Duration recheckInterval,
    PrimaryChange onPrimaryChange,
    HookPlan hooks) {

  /** Whether a selection remembers what failed. */
  public enum Mode {
    /** It does not: it walks the whole list. */
    Primary,
    /** Backends that failed are skipped until a probe finds them again. */
    FirstHealthy
  }

  public FailoverPolicy {
    candidates = List.copyOf(candidates);
  }

  Optional<Candidate> candidate(String name) {
    return candidates.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
  }

  /** Its place in the list, from 0; the list's length when it is not there. */
  int rank(String name) {
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).name().equals(name)) {
        return i;
      }
    }
    return candidates.size();
  }
}
