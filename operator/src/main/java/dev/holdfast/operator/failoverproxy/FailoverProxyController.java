package dev.holdfast.operator.failoverproxy;

import dev.holdfast.operator.certificates.CertificateIssuer;
import dev.holdfast.operator.events.EventWriter;
import dev.holdfast.operator.resource.WatchedResources;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Everything that FailoverProxies need, put together. */
public final class FailoverProxyController implements AutoCloseable {

  private final DataPlanePods pods;

  private FailoverProxyController(DataPlanePods pods) {
    this.pods = pods;
  }

  public static FailoverProxyController register(
      Operator operator, KubernetesClient client, FailoverProxyOptions options) {
    var clock = InstantSource.system();
    var random = new SecureRandom();
    var pods = new DataPlanePods(clock, random);
    var events = new EventWriter(client, options.identity(), clock);
    var reconciler =
        new FailoverProxyReconciler(
            new Children(options, new CertificateIssuer(random), clock),
            new MissingReferences(client),
            pods,
            new ManualSwitch(pods, new SwitchAnnotations(client), events),
            events);
    operator.register(
        reconciler,
        configuration -> WatchedResources.configure(configuration, options.namespaces()));
    return new FailoverProxyController(pods);
  }

  @Override
  public void close() {
    pods.close();
  }
}
