package dev.holdfast.operator.status;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What pods had told by the status that was written last; empty where none was. */
record PreviousStatus(
    FailoverProxyStatus.@Nullable PrimaryStatus primary,
    List<FailoverProxyStatus.BackendStatus> backends,
    @Nullable String healthyBackends,
    FailoverProxyStatus.@Nullable LastFailover lastFailover) {

  static PreviousStatus of(FailoverProxy proxy) {
    var status = proxy.getStatus();
    return status == null
        ? new PreviousStatus(null, List.of(), null, null)
        : new PreviousStatus(
            status.primary(),
            Objects.requireNonNullElse(status.backends(), List.of()),
            status.healthyBackends(),
            status.lastFailover());
  }
}
