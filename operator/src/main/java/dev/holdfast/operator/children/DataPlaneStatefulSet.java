package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/** The data-plane pods, numbered and named. */
public final class DataPlaneStatefulSet extends Child<StatefulSet> {

  private static final String PODS = "pods";

  private final String image;

  /**
   * @param image where a resource names none
   */
  public DataPlaneStatefulSet(String image) {
    super(StatefulSet.class);
    this.image = image;
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected StatefulSet desired(FailoverProxy primary, Context<FailoverProxy> context) {
    var pods = context.managedWorkflowAndDependentResourceContext().get(PODS, Integer.class);
    return desired(primary, image, pods.orElse(primary.getSpec().replicas()));
  }

  /** Empty before it is made. */
  public Optional<PodSet> podSet(FailoverProxy primary, Context<FailoverProxy> context) {
    return getSecondaryResource(primary, context).map(PodSet::of);
  }

  /** Has so many pods kept, which may for a while be more or fewer than are wanted. */
  public void keep(int pods, Context<FailoverProxy> context) {
    context.managedWorkflowAndDependentResourceContext().put(PODS, pods);
  }

  static StatefulSet desired(FailoverProxy proxy, String image, int pods) {
    var names = ChildNames.of(proxy);
    return new StatefulSetBuilder()
        .withMetadata(ChildNames.metadata(proxy, names.shared()))
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
        .withTemplate(PodTemplate.of(proxy, image))
        .withVolumeClaimTemplates(StateVolume.claims(proxy))
        .withPersistentVolumeClaimRetentionPolicy(StateVolume.retention(proxy))
        .endSpec()
        .build();
  }
}
