package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/** The data-plane pods, numbered and named. */
public final class DataPlaneStatefulSet<P extends HasMetadata> extends Child<StatefulSet, P> {

  private static final String PODS = "pods";

  private final String image;

  /**
   * @param image where a resource names none
   */
  public DataPlaneStatefulSet(WorkloadKind<P> kind, String image) {
    super(StatefulSet.class, kind);
    this.image = image;
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected StatefulSet desired(P primary, Context<P> context) {
    var pods = context.managedWorkflowAndDependentResourceContext().get(PODS, Integer.class);
    var workload = workload(primary);
    return desired(workload, image, pods.orElse(workload.spec().replicas()));
  }

  /** Empty before it is made. */
  public Optional<PodSet> podSet(P primary, Context<P> context) {
    return getSecondaryResource(primary, context).map(PodSet::of);
  }

  /** Has so many pods kept, which may for a while be more or fewer than are wanted. */
  public void keep(int pods, Context<P> context) {
    context.managedWorkflowAndDependentResourceContext().put(PODS, pods);
  }

  static StatefulSet desired(Workload workload, String image, int pods) {
    var names = ChildNames.of(workload);
    return new StatefulSetBuilder()
        .withMetadata(ChildNames.metadata(workload, names.shared()))
        .withNewSpec()
        .withReplicas(pods)
        .withServiceName(names.podsService())
        // Replicas need each other to become ready: one by one, the first would wait for ever.
        .withPodManagementPolicy("Parallel")
        .withNewUpdateStrategy()
        .withType("RollingUpdate")
        .endUpdateStrategy()
        .withRevisionHistoryLimit(3)
        .withNewSelector()
        .withMatchLabels(names.podSelector())
        .endSelector()
        .withTemplate(PodTemplate.of(workload, image))
        .withVolumeClaimTemplates(StateVolume.claims(workload))
        .withPersistentVolumeClaimRetentionPolicy(StateVolume.retention(workload))
        .endSpec()
        .build();
  }
}
