package dev.holdfast.operator.reconcile;

import dev.holdfast.operator.certificates.CertificateIssuer;
import dev.holdfast.operator.children.AccessPolicy;
import dev.holdfast.operator.children.Certificates;
import dev.holdfast.operator.children.ChildRefused;
import dev.holdfast.operator.children.ClientService;
import dev.holdfast.operator.children.Configuration;
import dev.holdfast.operator.children.DataPlaneStatefulSet;
import dev.holdfast.operator.children.DisruptionBudget;
import dev.holdfast.operator.children.PodServiceAccount;
import dev.holdfast.operator.children.PodSet;
import dev.holdfast.operator.children.PodsService;
import dev.holdfast.operator.status.Obstacle;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Workflow;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowBuilder;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All objects of a resource, whichever kind it is. Each is applied whatever becomes of the others.
 */
public final class Children<P extends HasMetadata> {

  private static final Logger log = LoggerFactory.getLogger(Children.class);

  private final ClientService<P> clientService;
  private final PodsService<P> podsService;
  private final Certificates<P> certificates;
  private final DataPlaneStatefulSet<P> pods;
  private final List<KubernetesDependentResource<?, P>> all;
  private final Workflow<P> workflow;

  public Children(
      WorkloadKind<P> kind,
      DataPlaneOptions options,
      CertificateIssuer issuer,
      InstantSource clock) {
    clientService = new ClientService<>(kind);
    podsService = new PodsService<>(kind);
    certificates = new Certificates<>(kind, issuer, clock);
    pods = new DataPlaneStatefulSet<>(kind, options.dataPlaneImage());
    var configuration = new Configuration<>(kind);
    all =
        List.of(
            clientService,
            podsService,
            certificates,
            configuration,
            new PodServiceAccount<>(kind),
            new DisruptionBudget<>(kind),
            new AccessPolicy<>(kind, options.operatorNamespace()),
            pods);
    podsService.useEventSourceWithName(clientService.name());
    var builder = new WorkflowBuilder<P>().withThrowExceptionFurther(false);
    all.stream().filter(child -> child != pods).forEach(builder::addDependentResource);
    // A pod that starts must not read what was said before it was wanted.
    builder.addDependentResourceAndConfigure(pods).dependsOn(configuration);
    workflow = builder.build();
  }

  /** What watches the objects for changes that are not ours. */
  List<EventSource<?, P>> eventSources(EventSourceContext<P> context) {
    var sources = new ArrayList<EventSource<?, P>>();
    for (var child : all) {
      child.eventSource(context).ifPresent(sources::add);
    }
    // Both Services are watched by one source.
    clientService.eventSource().ifPresent(podsService::setEventSource);
    return sources;
  }

  /**
   * Makes the objects as the resource says, and tells of those that could not be.
   *
   * @param podCount which may for a while differ from what the resource says
   */
  List<Obstacle> apply(P resource, int podCount, Context<P> context) {
    pods.keep(podCount, context);
    return workflow.reconcile(resource, context).getErroredDependents().values().stream()
        .map(Children::obstacle)
        .toList();
  }

  /** Empty before it is made. */
  Optional<PodSet> podSet(P resource, Context<P> context) {
    return pods.podSet(resource, context);
  }

  Optional<Service> clientService(P resource, Context<P> context) {
    return clientService.getSecondaryResource(resource, context);
  }

  Optional<Secret> certificates(P resource, Context<P> context) {
    return certificates.getSecondaryResource(resource, context);
  }

  private static Obstacle obstacle(Exception failure) {
    return switch (failure) {
      case ChildRefused refused when refused.isPassing() ->
          new Obstacle(Obstacle.Kind.AwaitingRemoval, refused.getMessage());
      case ChildRefused refused -> new Obstacle(Obstacle.Kind.Conflict, refused.getMessage());
      case KubernetesClientException answer ->
          new Obstacle(Obstacle.Kind.ApplyFailed, reason(answer));
      default -> {
        log.error("unexpected failure while applying an object", failure);
        yield new Obstacle(Obstacle.Kind.ApplyFailed, String.valueOf(failure.getMessage()));
      }
    };
  }

  /** The API server's own words; the client's hold the whole answer. */
  private static String reason(KubernetesClientException answer) {
    var status = answer.getStatus();
    return status == null || status.getMessage() == null
        ? String.valueOf(answer.getMessage())
        : status.getMessage();
  }
}
