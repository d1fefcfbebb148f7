package dev.holdfast.operator.stickybalancer;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import dev.holdfast.api.v1alpha1.StickyBalancerStatus;
import dev.holdfast.operator.events.BalancerNotices;
import dev.holdfast.operator.events.Notice;
import dev.holdfast.operator.reconcile.Reporting;
import dev.holdfast.operator.status.BalancerStatusBuilder;
import dev.holdfast.operator.status.Facts;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What FailoverProxies have of their own. */
record BalancerReporting()
    implements Reporting<StickyBalancer, StickyBalancerStatus, StickyBalancerReport> {

  /** Keys and connections change all the time: the API server hears of them four times a minute. */
  private static final Duration FIGURES_AGE = Duration.ofSeconds(15);

  @Override
  public WorkloadKind<StickyBalancer> kind() {
    return WorkloadKind.BALANCER;
  }

  @Override
  public @Nullable StickyBalancerStatus statusOf(StickyBalancer resource) {
    return resource.getStatus();
  }

  @Override
  public StickyBalancerStatus status(Facts<StickyBalancer, StickyBalancerReport> facts) {
    return BalancerStatusBuilder.build(facts);
  }

  @Override
  public StickyBalancer with(StickyBalancer resource, StickyBalancerStatus status) {
    var copy = patch(status);
    copy.setMetadata(resource.getMetadata());
    copy.setSpec(resource.getSpec());
    return copy;
  }

  @Override
  public StickyBalancer patch(StickyBalancerStatus status) {
    var patch = new StickyBalancer();
    patch.setStatus(status);
    return patch;
  }

  @Override
  public List<Notice> notices(@Nullable StickyBalancerStatus before, StickyBalancerStatus after) {
    return BalancerNotices.between(before, after);
  }

  @Override
  public void carryOutWishes(StickyBalancer resource, Secret certificates) {
    // There are none: groups are drained by the spec, or through the admin interface.
  }

  @Override
  public Optional<Duration> figuresAge() {
    return Optional.of(FIGURES_AGE);
  }
}
