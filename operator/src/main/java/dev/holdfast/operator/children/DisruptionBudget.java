package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Nodes are drained one pod at a time; a pod that is not ready never holds a drain up. */
public final class DisruptionBudget extends Child<PodDisruptionBudget> {

  public DisruptionBudget() {
    super(PodDisruptionBudget.class);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected PodDisruptionBudget desired(FailoverProxy primary, Context<FailoverProxy> context) {
    return desired(primary);
  }

  static PodDisruptionBudget desired(FailoverProxy proxy) {
    var names = ChildNames.of(proxy);
    return new PodDisruptionBudgetBuilder()
        .withMetadata(ChildNames.metadata(proxy, names.shared()))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withNewSelector()
        .withMatchLabels(names.podSelector())
        .endSelector()
        .endSpec()
        .build();
  }
}
