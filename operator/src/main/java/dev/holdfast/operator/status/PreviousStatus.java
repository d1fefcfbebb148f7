package dev.holdfast.operator.status;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status as it was written last, with nothing missing where it was never written. */
record PreviousStatus(
    List<Condition> conditions,
    FailoverProxyStatus.@Nullable PrimaryStatus primary,
    List<FailoverProxyStatus.BackendStatus> backends,
    @Nullable String healthyBackends,
    FailoverProxyStatus.@Nullable LastFailover lastFailover,
    GroupStanding group) {

  static PreviousStatus of(FailoverProxy proxy) {
    var status = proxy.getStatus();
    return status == null
        ? new PreviousStatus(
            List.of(), null, List.of(), null, null, new GroupStanding(null, null, null))
        : new PreviousStatus(
            Objects.requireNonNullElse(status.conditions(), List.of()),
            status.primary(),
            Objects.requireNonNullElse(status.backends(), List.of()),
            status.healthyBackends(),
            status.lastFailover(),
            new GroupStanding(status.leader(), status.clusterId(), status.epoch()));
  }

  /** The verdict that stands in a condition now. */
  Optional<Verdict> verdict(String type) {
    return Conditions.find(conditions, type)
        .map(condition ->
            new Verdict(
                Verdict.Answer.valueOf(condition.getStatus()),
                condition.getReason(),
                condition.getMessage()));
  }
}
