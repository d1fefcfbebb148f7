package dev.holdfast.operator.reconcile;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.operator.children.Certificates;
import dev.holdfast.operator.children.ChildNames;
import dev.holdfast.operator.children.Ports;
import dev.holdfast.operator.children.RenderedManifest;
import dev.holdfast.operator.dataplane.ConfigurationPush;
import dev.holdfast.operator.dataplane.DataPlaneWatch;
import dev.holdfast.operator.dataplane.PodAddress;
import dev.holdfast.operator.dataplane.PodClients;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.resource.NewsSource;
import dev.holdfast.operator.status.PodFact;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods of all resources of a kind: seen through the API server, and talked to directly.
 *
 * @param <W> what they say
 */
public final class DataPlanePods<P extends HasMetadata, W extends DataPlaneReport>
    implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DataPlanePods.class);

  private static final Duration FIRST_PUSH_RETRY = Duration.ofMillis(200);

  private final WorkloadKind<P> kind;
  private final InstantSource clock;
  private final NewsSource<W, P> source;
  private final DataPlaneWatch<W> watch;
  private final ConfigurationPush push;
  private final PodClients clients;

  /**
   * @param gone told which resource is there no more; must not block
   */
  public DataPlanePods(
      WorkloadKind<P> kind,
      Class<W> words,
      InstantSource clock,
      RandomGenerator random,
      Consumer<ResourceID> gone) {
    this.kind = kind;
    this.clock = clock;
    clients = new PodClients(kind.shortName());
    source =
        new NewsSource<>(
            words,
            "data-plane",
            resource -> {
              forget(ResourceID.fromResource(resource));
              gone.accept(ResourceID.fromResource(resource));
            });
    watch =
        new DataPlaneWatch<>(
            kind.name(), words, clock, random, DataPlaneWatch.Timing.DEFAULT, source::changed);
    push = new ConfigurationPush(random, FIRST_PUSH_RETRY);
  }

  List<EventSource<?, P>> eventSources(EventSourceContext<P> context) {
    var configuration =
        InformerEventSourceConfiguration.from(Pod.class, kind.type())
            .withLabelSelector(ChildNames.managedPods(kind))
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(DataPlanePods::owner)
            .build();
    return List.of(new InformerEventSource<>(configuration, context), source);
  }

  /** Listens to the pods there are now, and sends their configuration to those that lack it. */
  void connect(P resource, Secret secret, boolean mayPush, Context<P> context) {
    var client = client(resource, secret);
    if (client.isEmpty()) {
      return;
    }
    var id = ResourceID.fromResource(resource);
    watch.follow(id, client.get(), addresses(context));
    var generation = resource.getMetadata().getGeneration();
    var lacking = watch.views(id).stream().filter(view -> view.lacks(generation)).toList();
    if (mayPush && !lacking.isEmpty()) {
      var manifest = RenderedManifest.of(kind.of(resource));
      lacking.forEach(view -> push.send(client.get(), view.pod(), generation, manifest));
    }
  }

  /** Has a resource reconciled. Any thread; never blocks. */
  public void changed(ResourceID resource) {
    source.changed(resource);
  }

  /** Where the pods are that answer. */
  public List<PodAddress> answering(ResourceID resource) {
    return watch.views(resource).stream().filter(PodView::isLive).map(PodView::pod).toList();
  }

  /** What reaches the pods; empty when the Secret holds no usable certificates. */
  public Optional<HttpClient> client(P resource, Secret secret) {
    var id = ResourceID.fromResource(resource);
    try {
      return Optional.of(clients.of(id, Certificates.read(secret)));
    } catch (GeneralSecurityException e) {
      log.warn("{} {}: cannot connect to its pods: {}", kind.name(), id, e.getMessage());
      return Optional.empty();
    }
  }

  List<PodFact<W>> facts(P resource, Context<P> context) {
    var views =
        watch.views(ResourceID.fromResource(resource)).stream()
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
    clients.close();
  }

  private List<PodAddress> addresses(Context<P> context) {
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
    clients.forget(resource);
  }
}
