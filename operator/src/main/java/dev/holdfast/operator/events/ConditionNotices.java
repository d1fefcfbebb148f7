package dev.holdfast.operator.events;

import dev.holdfast.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the conditions of a resource tell that is alike in every kind that pods run. */
final class ConditionNotices {

  private ConditionNotices() {}

  /**
   * @param agreement type of the condition that says whether pods decide together
   */
  static Stream<Notice> between(List<Condition> before, List<Condition> after, String agreement) {
    return Stream.of(
            refusal(before, after),
            conflict(before, after),
            agreementLost(before, after, agreement, "NoMajority"),
            agreementLost(before, after, agreement, "DataLost"),
            missing(before, after, "ScriptsMissing"),
            missing(before, after, "ReferenceMissing"))
        .flatMap(Optional::stream);
  }

  private static Optional<Notice> refusal(List<Condition> before, List<Condition> after) {
    return became(before, after, Conditions.DEGRADED, "ConfigRefused")
        .map(condition ->
            new Notice(
                Notice.Type.Warning,
                "ConfigRefused",
                "KeptLast",
                condition.getMessage(),
                String.valueOf(condition.getObservedGeneration())));
  }

  private static Optional<Notice> conflict(List<Condition> before, List<Condition> after) {
    return became(before, after, Conditions.READY, "Conflict")
        .map(condition ->
            new Notice(
                Notice.Type.Warning,
                "AdoptionRefused",
                "LeftAlone",
                condition.getMessage(),
                condition.getLastTransitionTime() + condition.getMessage()));
  }

  /** Told once for each time: the pods' reasons in the message change while it lasts. */
  private static Optional<Notice> agreementLost(
      List<Condition> before, List<Condition> after, String type, String reason) {
    return became(before, after, type, reason)
        .map(condition ->
            new Notice(
                Notice.Type.Warning,
                reason,
                "Waited",
                condition.getMessage(),
                condition.getLastTransitionTime()));
  }

  /** Whether pods serve meanwhile or not. */
  private static Optional<Notice> missing(
      List<Condition> before, List<Condition> after, String reason) {
    return became(before, after, Conditions.READY, reason)
        .or(() -> became(before, after, Conditions.DEGRADED, reason))
        .map(condition ->
            new Notice(
                Notice.Type.Warning,
                reason,
                "Waited",
                condition.getMessage(),
                condition.getLastTransitionTime() + condition.getMessage()));
  }

  /** The condition, when it has this reason and had another one, or said something else. */
  static Optional<Condition> became(
      List<Condition> before, List<Condition> after, String type, String reason) {
    var stood =
        Conditions.find(before, type).filter(condition -> condition.getReason().equals(reason));
    return Conditions.find(after, type)
        .filter(condition -> condition.getReason().equals(reason))
        .filter(condition ->
            stood.isEmpty() || !stood.get().getMessage().equals(condition.getMessage()));
  }
}
