package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.failover.BackendState;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a voter remembers.
 *
 * @param tries begun so far
 * @param wakeAt when it wants a {@link VoterEvent.Tick}; null when never
 */
public record VoterState(Map<String, Finding> findings, long tries, @Nullable Instant wakeAt) {

  public VoterState {
    findings = Map.copyOf(findings);
  }

  public static VoterState initial() {
    return new VoterState(Map.of(), 0, null);
  }

  public Map<String, BackendState> backends() {
    var backends = new TreeMap<String, BackendState>();
    findings.forEach((name, finding) -> backends.put(name, finding.backend()));
    return backends;
  }

  /**
   * What is told to the others.
   *
   * @param age of the oldest verdict
   */
  public record Verdicts(Map<String, Health> verdicts, Duration age) {
    public Verdicts {
      verdicts = Map.copyOf(verdicts);
    }
  }

  /** Those that say something, and are not nearly void. */
  public Verdicts verdicts(VoterPolicy policy, Instant now) {
    var verdicts = new TreeMap<String, Health>();
    var oldest = Duration.ZERO;
    for (var entry : findings.entrySet()) {
      var finding = entry.getValue();
      var found = finding.at();
      var age = found == null ? policy.verdictAge() : Duration.between(found, now);
      if (finding.vote() != Health.Unknown && age.compareTo(policy.castWithin()) < 0) {
        verdicts.put(entry.getKey(), finding.vote());
        oldest = age.compareTo(oldest) > 0 ? age : oldest;
      }
    }
    return new Verdicts(verdicts, oldest);
  }
}
