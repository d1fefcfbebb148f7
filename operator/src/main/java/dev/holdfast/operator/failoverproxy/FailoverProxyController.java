package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.certificates.CertificateIssuer;
import dev.holdfast.operator.events.EventWriter;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;

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
        configuration -> {
          if (options.namespaces().isEmpty()) {
            configuration.watchingAllNamespaces();
          } else {
            configuration.settingNamespaces(options.namespaces());
          }
          configuration.withOnUpdateFilter(FailoverProxyController::isNews);
        });
    return new FailoverProxyController(pods);
  }

  /** A new wish, or a new annotation; not a new status, which is our own. */
  private static boolean isNews(FailoverProxy after, FailoverProxy before) {
    ObjectMeta now = after.getMetadata();
    ObjectMeta then = before.getMetadata();
    return !Objects.equals(now.getGeneration(), then.getGeneration())
        || !Objects.equals(now.getAnnotations(), then.getAnnotations());
  }

  @Override
  public void close() {
    pods.close();
  }
}
