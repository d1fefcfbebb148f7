package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.certificates.CertificateIssuer;
import dev.holdfast.operator.dataplane.Switchovers;
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

/** Everything that FailoverProxies need, put together. */
public final class FailoverProxyController implements AutoCloseable {

  private final DataPlanePods<FailoverProxy, DataPlaneStatus> pods;
  private final Switchovers switchovers;

  private FailoverProxyController(
      DataPlanePods<FailoverProxy, DataPlaneStatus> pods, Switchovers switchovers) {
    this.pods = pods;
    this.switchovers = switchovers;
  }

  public static FailoverProxyController register(
      Operator operator, KubernetesClient client, DataPlaneOptions options) {
    var clock = InstantSource.system();
    var random = new SecureRandom();
    var kind = WorkloadKind.PROXY;
    var switchovers = new Switchovers(clock, Switchovers.Timing.DEFAULT);
    var pods = new DataPlanePods<>(kind, DataPlaneStatus.class, clock, random, switchovers::forget);
    var events = new EventWriter(client, options.identity(), clock);
    var manualSwitch = new ManualSwitch(pods, switchovers, new SwitchAnnotations(client), events);
    var reconciliation =
        new Reconciliation<>(
            new ProxyReporting(manualSwitch),
            new Children<>(kind, options, new CertificateIssuer(random), clock),
            new MissingReferences(client),
            pods,
            events);
    operator.register(
        new FailoverProxyReconciler(reconciliation),
        configuration -> WatchedResources.configure(configuration, options.namespaces()));
    return new FailoverProxyController(pods, switchovers);
  }

  @Override
  public void close() {
    pods.close();
    switchovers.close();
  }
}
