package dev.holdfast.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conditions as KEP-1623 wants them. */
public final class Conditions {

  public static final String READY = "Ready";
  public static final String PRIMARY_HEALTHY = "PrimaryHealthy";
  public static final String DATA_PLANE_AVAILABLE = "DataPlaneAvailable";
  public static final String DEGRADED = "Degraded";
  public static final String AGREED = "Agreed";
  public static final String QUORUM_HEALTHY = "QuorumHealthy";
  public static final String TABLE_REPLICATED = "TableReplicated";
  public static final String DATA_LOST = "DataLost";
  public static final String CREDENTIALS_VALID = "CredentialsValid";
  public static final String PROVIDER_REACHABLE = "ProviderReachable";
  public static final String HEALTH_KNOWN = "HealthKnown";
  public static final String PLAN_CONVERGED = "PlanConverged";
  public static final String CERTIFICATES_VALID = "CertificatesValid";
  public static final String OWNERSHIP_CONFLICT = "OwnershipConflict";
  public static final String RECONCILIATION_PAUSED = "ReconciliationPaused";

  private Conditions() {}

  /**
   * Conditions with these verdicts. A transition time moves only when the answer does. Types of
   * others are not in it: server-side apply leaves them as they are.
   */
  public static List<Condition> of(
      Map<String, Verdict> verdicts, List<Condition> previous, long generation, Instant now) {
    return verdicts.entrySet().stream()
        .map(entry -> condition(entry.getKey(), entry.getValue(), previous, generation, now))
        .toList();
  }

  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.getType().equals(type)).findFirst();
  }

  public static boolean isTrue(List<Condition> conditions, String type) {
    return is(conditions, type, Verdict.Answer.True);
  }

  static boolean is(List<Condition> conditions, String type, Verdict.Answer answer) {
    return find(conditions, type).filter(c -> c.getStatus().equals(answer.name())).isPresent();
  }

  private static Condition condition(
      String type, Verdict verdict, List<Condition> previous, long generation, Instant now) {
    var since =
        find(previous, type)
            .filter(before -> before.getStatus().equals(verdict.answer().name()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(verdict.answer().name())
        .withReason(verdict.reason())
        .withMessage(verdict.message())
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }
}
