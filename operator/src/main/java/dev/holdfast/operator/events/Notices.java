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
 * What happened between two statuses of a FailoverProxy. The earlier one comes from the API server,
 * so an operator that was restarted tells nothing twice.
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
    return Stream.of(
            FailedHooks.between(before, after),
            newPrimary(before, after).stream(),
            primaryLost(before, after).stream(),
            ConditionNotices.between(conditions(before), after.conditions(), Conditions.AGREED))
        .flatMap(notices -> notices)
        .toList();
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
    return ConditionNotices.became(
            conditions(before), after.conditions(), Conditions.PRIMARY_HEALTHY, "NoPrimary")
        .map(condition ->
            new Notice(
                Notice.Type.Warning,
                "PrimaryLost",
                "Searched",
                condition.getMessage(),
                condition.getLastTransitionTime()));
  }

  private static List<Condition> conditions(@Nullable FailoverProxyStatus status) {
    return status == null ? List.of() : Objects.requireNonNullElse(status.conditions(), List.of());
  }
}
