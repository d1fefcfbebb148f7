package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.operator.events.Notice;
import dev.holdfast.operator.events.Notices;
import dev.holdfast.operator.reconcile.Reporting;
import dev.holdfast.operator.status.Facts;
import dev.holdfast.operator.status.StatusBuilder;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What FailoverProxies have of their own. */
record ProxyReporting(ManualSwitch manualSwitch)
    implements Reporting<FailoverProxy, FailoverProxyStatus, DataPlaneStatus> {

  @Override
  public WorkloadKind<FailoverProxy> kind() {
    return WorkloadKind.PROXY;
  }

  @Override
  public @Nullable FailoverProxyStatus statusOf(FailoverProxy resource) {
    return resource.getStatus();
  }

  @Override
  public FailoverProxyStatus status(Facts<FailoverProxy, DataPlaneStatus> facts) {
    return StatusBuilder.build(facts);
  }

  @Override
  public FailoverProxy with(FailoverProxy resource, FailoverProxyStatus status) {
    var copy = patch(status);
    copy.setMetadata(resource.getMetadata());
    copy.setSpec(resource.getSpec());
    return copy;
  }

  @Override
  public FailoverProxy patch(FailoverProxyStatus status) {
    var patch = new FailoverProxy();
    patch.setStatus(status);
    return patch;
  }

  @Override
  public List<Notice> notices(@Nullable FailoverProxyStatus before, FailoverProxyStatus after) {
    return Notices.between(before, after);
  }

  @Override
  public void carryOutWishes(FailoverProxy resource, Secret certificates) {
    manualSwitch.carryOut(resource, certificates);
  }

  /** Its status has no counters. */
  @Override
  public Optional<Duration> figuresAge() {
    return Optional.empty();
  }
}
