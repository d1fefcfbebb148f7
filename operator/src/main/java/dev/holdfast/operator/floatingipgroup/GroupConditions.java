package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionType;
import dev.holdfast.operator.status.Conditions;
import dev.holdfast.operator.status.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a resource's conditions say. */
final class GroupConditions {

  /** Names of one kind in a message. */
  private static final int SHOWN = 5;

  private GroupConditions() {}

  /**
   * @param running empty when nothing runs
   * @param obstacle why it does not run as the resource says
   * @param sharing what other resources select too
   */
  static Map<String, Verdict> of(
      Optional<GroupStatus> running,
      Optional<GroupObstacle> obstacle,
      Sharing sharing,
      boolean paused) {
    var verdicts = new LinkedHashMap<String, Verdict>();
    for (var type : ConditionType.values()) {
      verdicts.put(name(type), running.map(status -> told(status, type)).orElse(notRunning()));
    }
    obstacle.ifPresent(why -> {
      verdicts.put(Conditions.READY, Verdict.no(why.kind().name(), why.message()));
      verdicts.put(Conditions.CREDENTIALS_VALID, credentials(why));
    });
    conflict(running, sharing)
        .ifPresent(conflict -> verdicts.put(Conditions.OWNERSHIP_CONFLICT, conflict));
    if (paused) {
      verdicts.put(
          Conditions.RECONCILIATION_PAUSED,
          Verdict.yes("Paused", "nothing is changed until the pause ends"));
    }
    return verdicts;
  }

  /** Of one that has both older and younger rivals the older ones are told: they matter. */
  static Optional<Verdict> conflict(Optional<GroupStatus> running, Sharing sharing) {
    if (!sharing.yielded().isEmpty()) {
      var message =
          "%s: moved by %s, which is older and selects them too; change one of the selectors";
      return Optional.of(
          Verdict.yes("OlderGroupMoves", selected(message, running, sharing.yielded())));
    }
    if (!sharing.kept().isEmpty()) {
      var message =
          "%s: selected by %s too, which is younger and leaves them alone;"
              + " change one of the selectors";
      return Optional.of(
          Verdict.yes("YoungerGroupYields", selected(message, running, sharing.kept())));
    }
    return Optional.empty();
  }

  private static String selected(
      String message, Optional<GroupStatus> running, Map<Long, Claims.Owner> shared) {
    var names = new TreeMap<Long, String>();
    shared.keySet().forEach(ip -> names.put(ip, String.valueOf(ip)));
    running.ifPresent(
        status -> status.floatingIps().forEach(ip -> names.replace(ip.id(), ip.name())));
    var by = shared.values().stream().distinct().sorted().map(Claims.Owner::toString).toList();
    return message.formatted(some(List.copyOf(names.values())), some(by));
  }

  private static String some(List<String> names) {
    var few = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? few + ", ..." : few;
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
