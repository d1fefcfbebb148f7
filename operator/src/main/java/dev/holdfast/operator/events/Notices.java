package dev.holdfast.operator.events;

import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened between two statuses. The earlier one comes from the API server, so an operator
 * that was restarted tells nothing twice.
 */
public final class Notices {

  /** New primaries that somebody wanted. */
  private static final Set<String> WANTED =
      Set.of(
          Reason.Initial.name(),
          Reason.Resumed.name(),
          Reason.Failback.name(),
          Reason.Switchover.name());

  private Notices() {}

  public static List<Notice> between(
      @Nullable FailoverProxyStatus before, FailoverProxyStatus after) {
    var changes =
        Stream.of(
                newPrimary(before, after),
                primaryLost(before, after),
                refusal(before, after),
                conflict(before, after),
                agreementLost(before, after, "NoMajority"),
                agreementLost(before, after, "DataLost"),
                missing(before, after, "ScriptsMissing"),
                missing(before, after, "ReferenceMissing"))
            .flatMap(Optional::stream);
    return Stream.concat(FailedHooks.between(before, after), changes).toList();
  }

  private static Optional<Notice> newPrimary(
      @Nullable FailoverProxyStatus before, FailoverProxyStatus after) {
    var now = after.primary();
    var then = before == null ? null : before.primary();
    if (now == null || (then != null && then.epoch() == now.epoch())) {
      return Optional.empty();
    }
    var type = WANTED.contains(now.reason()) ? Notice.Type.Normal : Notice.Type.Warning;
    var occasion = now.epoch() + "/" + now.since();
    var failover = after.lastFailover();
    if (failover == null || failover.from() == null || !failover.to().equals(now.name())) {
      var note = "%s (%s) is primary: %s".formatted(now.name(), now.endpoint(), now.reason());
      return Optional.of(new Notice(type, "PrimarySelected", "Selected", note, occasion));
    }
    var note =
        "%s -> %s after %s without a primary: %s"
            .formatted(failover.from(), failover.to(), failover.noPrimaryFor(), failover.reason());
    return Optional.of(new Notice(type, name(failover.reason()), "Switched", note, occasion));
  }

  private static String name(String reason) {
    if (reason.equals(Reason.Failback.name())) {
      return "FailedBack";
    }
    return reason.equals(Reason.Switchover.name()) ? "SwitchedOver" : "FailedOver";
  }

  private static Optional<Notice> primaryLost(
      @Nullable FailoverProxyStatus before, FailoverProxyStatus after) {
    return became(before, after, Conditions.PRIMARY_HEALTHY, "NoPrimary")
        .map(condition ->
            new Notice(
                Notice.Type.Warning,
                "PrimaryLost",
                "Searched",
                condition.getMessage(),
                condition.getLastTransitionTime()));
  }

  private static Optional<Notice> refusal(
      @Nullable FailoverProxyStatus before, FailoverProxyStatus after) {
    return became(before, after, Conditions.DEGRADED, "ConfigRefused")
        .map(condition ->
            new Notice(
                Notice.Type.Warning,
                "ConfigRefused",
                "KeptLast",
                condition.getMessage(),
                String.valueOf(condition.getObservedGeneration())));
  }

  private static Optional<Notice> conflict(
      @Nullable FailoverProxyStatus before, FailoverProxyStatus after) {
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
      @Nullable FailoverProxyStatus before, FailoverProxyStatus after, String reason) {
    return became(before, after, Conditions.AGREED, reason)
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
      @Nullable FailoverProxyStatus before, FailoverProxyStatus after, String reason) {
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
  private static Optional<Condition> became(
      @Nullable FailoverProxyStatus before, FailoverProxyStatus after, String type, String reason) {
    List<Condition> earlier =
        before == null ? List.of() : Objects.requireNonNullElse(before.conditions(), List.of());
    var stood =
        Conditions.find(earlier, type).filter(condition -> condition.getReason().equals(reason));
    return Conditions.find(after.conditions(), type)
        .filter(condition -> condition.getReason().equals(reason))
        .filter(condition ->
            stood.isEmpty() || !stood.get().getMessage().equals(condition.getMessage()));
  }
}
