package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionType;
import dev.holdfast.operator.status.Conditions;
import dev.holdfast.operator.status.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a resource's conditions say. */
final class GroupConditions {

  private GroupConditions() {}

  /**
   * @param running empty when nothing runs
   * @param obstacle why it does not run as the resource says
   */
  static Map<String, Verdict> of(
      Optional<GroupStatus> running, Optional<GroupObstacle> obstacle, boolean paused) {
    var verdicts = new LinkedHashMap<String, Verdict>();
    for (var type : ConditionType.values()) {
      verdicts.put(name(type), running.map(status -> told(status, type)).orElse(notRunning()));
    }
    obstacle.ifPresent(why -> {
      verdicts.put(Conditions.READY, Verdict.no(why.kind().name(), why.message()));
      verdicts.put(Conditions.CREDENTIALS_VALID, credentials(why));
    });
    if (paused) {
      verdicts.put(
          Conditions.RECONCILIATION_PAUSED,
          Verdict.yes("Paused", "nothing is changed until the pause ends"));
    }
    return verdicts;
  }

  private static Verdict notRunning() {
    return Verdict.unknown("NotRunning", "the group does not run");
  }

  private static Verdict told(GroupStatus status, ConditionType type) {
    var condition = status.condition(type);
    return switch (condition.status()) {
      case True -> Verdict.yes(condition.reason(), condition.message());
      case False -> Verdict.no(condition.reason(), condition.message());
      case Unknown -> Verdict.unknown(condition.reason(), condition.message());
    };
  }

  private static Verdict credentials(GroupObstacle obstacle) {
    return switch (obstacle.kind()) {
      case ReferenceMissing -> Verdict.no("ReferenceMissing", obstacle.message());
      case EndpointNotAllowed ->
          Verdict.unknown("EndpointNotAllowed", "the token is not sent to this endpoint");
      case SpecRefused -> Verdict.unknown("SpecRefused", "the token is not used");
    };
  }

  private static String name(ConditionType type) {
    return switch (type) {
      case Ready -> Conditions.READY;
      case CredentialsValid -> Conditions.CREDENTIALS_VALID;
      case ProviderReachable -> Conditions.PROVIDER_REACHABLE;
      case HealthKnown -> Conditions.HEALTH_KNOWN;
      case PlanConverged -> Conditions.PLAN_CONVERGED;
      case CertificatesValid -> Conditions.CERTIFICATES_VALID;
    };
  }
}
