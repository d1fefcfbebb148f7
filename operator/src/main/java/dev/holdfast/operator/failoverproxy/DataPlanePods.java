package dev.holdfast.operator.failoverproxy;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.children.Certificates;
import dev.holdfast.operator.children.ChildNames;
import dev.holdfast.operator.children.Ports;
import dev.holdfast.operator.children.RenderedManifest;
import dev.holdfast.operator.dataplane.ConfigurationPush;
import dev.holdfast.operator.dataplane.DataPlaneWatch;
import dev.holdfast.operator.dataplane.PodAddress;
import dev.holdfast.operator.dataplane.PodClients;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.dataplane.SwitchOutcome;
import dev.holdfast.operator.dataplane.SwitchRequest;
import dev.holdfast.operator.dataplane.Switchovers;
import dev.holdfast.operator.resource.NewsSource;
import dev.holdfast.operator.status.PodFact;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of all resources: seen through the API server, and talked to directly. */
final class DataPlanePods implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DataPlanePods.class);

  private static final Duration FIRST_PUSH_RETRY = Duration.ofMillis(200);

  private final InstantSource clock;
  private final NewsSource<PodView, FailoverProxy> source =
      new NewsSource<>(
          PodView.class, "data-plane", proxy -> forget(ResourceID.fromResource(proxy)));
  private final DataPlaneWatch watch;
  private final ConfigurationPush push;
  private final Switchovers switchovers;
  private final PodClients clients = new PodClients();

  DataPlanePods(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    watch = new DataPlaneWatch(clock, random, DataPlaneWatch.Timing.DEFAULT, source::changed);
    push = new ConfigurationPush(random, FIRST_PUSH_RETRY);
    switchovers = new Switchovers(clock, Switchovers.Timing.DEFAULT, source::changed);
  }

  List<EventSource<?, FailoverProxy>> eventSources(EventSourceContext<FailoverProxy> context) {
    var configuration =
        InformerEventSourceConfiguration.from(Pod.class, FailoverProxy.class)
            .withLabelSelector(ChildNames.MANAGED_PODS)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(DataPlanePods::owner)
            .build();
    return List.of(new InformerEventSource<>(configuration, context), source);
  }

  /** Listens to the pods there are now, and sends their configuration to those that lack it. */
  void connect(
      FailoverProxy proxy, Secret secret, boolean mayPush, Context<FailoverProxy> context) {
    var client = client(proxy, secret);
    if (client.isEmpty()) {
      return;
    }
    var id = ResourceID.fromResource(proxy);
    watch.follow(id, client.get(), addresses(context));
    var generation = proxy.getMetadata().getGeneration();
    var lacking = watch.views(id).stream().filter(view -> view.lacks(generation)).toList();
    if (mayPush && !lacking.isEmpty()) {
      var manifest = RenderedManifest.of(proxy);
      lacking.forEach(view -> push.send(client.get(), view.pod(), generation, manifest));
    }
  }

  /**
   * Asks all pods that answer for another primary, in the background; has the resource reconciled
   * when they have decided.
   *
   * @return what they decided; empty as long as that is open
   */
  Optional<SwitchOutcome> switchTo(FailoverProxy proxy, SwitchRequest request, Secret secret) {
    var id = ResourceID.fromResource(proxy);
    return client(proxy, secret)
        .flatMap(client -> switchovers.ask(id, request, client, () -> answering(id)));
  }

  void forgetSwitch(ResourceID resource) {
    switchovers.forget(resource);
  }

  private List<PodAddress> answering(ResourceID resource) {
    return watch.views(resource).stream().filter(PodView::isLive).map(PodView::pod).toList();
  }

  private Optional<HttpClient> client(FailoverProxy proxy, Secret secret) {
    var id = ResourceID.fromResource(proxy);
    try {
      return Optional.of(clients.of(id, Certificates.read(secret)));
    } catch (GeneralSecurityException e) {
      log.warn("FailoverProxy {}: cannot connect to its pods: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  List<PodFact> facts(FailoverProxy proxy, Context<FailoverProxy> context) {
    var views =
        watch.views(ResourceID.fromResource(proxy)).stream()
            .collect(Collectors.toMap(view -> view.pod().uid(), Function.identity(), (a, b) -> b));
    return context.getSecondaryResources(Pod.class).stream()
        .filter(DataPlanePods::isPresent)
        .map(pod -> PodFact.of(pod, views.get(pod.getMetadata().getUid())))
        .sorted(Comparator.comparingInt(PodFact::ordinal))
        .toList();
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    watch.close();
    push.close();
    switchovers.close();
    clients.close();
  }

  private static List<PodAddress> addresses(Context<FailoverProxy> context) {
    return context.getSecondaryResources(Pod.class).stream()
        .filter(DataPlanePods::isPresent)
        .filter(pod -> pod.getStatus().getPodIP() != null)
        .map(pod ->
            new PodAddress(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                pod.getStatus().getPodIP(),
                Ports.admin(pod)))
        .toList();
  }

  /** A pod that ended stays for a while as a name without a process. */
  private static boolean isPresent(Pod pod) {
    var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return !"Failed".equals(phase) && !"Succeeded".equals(phase);
  }

  private static Set<ResourceID> owner(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    return Set.of(
        new ResourceID(labels.get(ChildNames.INSTANCE_LABEL), pod.getMetadata().getNamespace()));
  }

  private void forget(ResourceID resource) {
    watch.forget(resource);
    switchovers.forget(resource);
    clients.forget(resource);
  }
}
