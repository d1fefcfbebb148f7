package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** The data-plane pods, numbered and named. */
public final class DataPlaneStatefulSet extends Child<StatefulSet> {

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
    return desired(primary, image);
  }

  static StatefulSet desired(FailoverProxy proxy, String image) {
    var names = ChildNames.of(proxy);
    return new StatefulSetBuilder()
        .withMetadata(ChildNames.metadata(proxy, names.shared()))
        .withNewSpec()
        .withReplicas(proxy.getSpec().replicas())
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
