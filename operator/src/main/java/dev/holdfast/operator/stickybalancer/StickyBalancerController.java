package dev.holdfast.operator.stickybalancer;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.v1alpha1.StickyBalancer;
import dev.holdfast.operator.certificates.CertificateIssuer;
import dev.holdfast.operator.events.EventWriter;
import dev.holdfast.operator.reconcile.Children;
import dev.holdfast.operator.reconcile.DataPlaneOptions;
import dev.holdfast.operator.reconcile.DataPlanePods;
import dev.holdfast.operator.reconcile.MissingReferences;
import dev.holdfast.operator.reconcile.Reconciliation;
import dev.holdfast.operator.resource.WatchedResources;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Everything that StickyBalancers need, put together. */
public final class StickyBalancerController implements AutoCloseable {

  private final DataPlanePods<StickyBalancer, StickyBalancerReport> pods;

  private StickyBalancerController(DataPlanePods<StickyBalancer, StickyBalancerReport> pods) {
    this.pods = pods;
  }

  public static StickyBalancerController register(
      Operator operator, KubernetesClient client, DataPlaneOptions options) {
    var clock = InstantSource.system();
    var random = new SecureRandom();
    var kind = WorkloadKind.BALANCER;
    var pods = new DataPlanePods<>(kind, StickyBalancerReport.class, clock, random, resource -> {});
    var reconciliation =
        new Reconciliation<>(
            new BalancerReporting(),
            new Children<>(kind, options, new CertificateIssuer(random), clock),
            new MissingReferences(client),
            pods,
            new EventWriter(client, options.identity(), clock));
    operator.register(
        new StickyBalancerReconciler(reconciliation),
        configuration -> WatchedResources.configure(configuration, options.namespaces()));
    return new StickyBalancerController(pods);
  }

  @Override
  public void close() {
    pods.close();
  }
}
