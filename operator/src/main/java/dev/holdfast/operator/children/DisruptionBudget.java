package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Nodes are drained one pod at a time; a pod that is not ready never holds a drain up. */
public final class DisruptionBudget<P extends HasMetadata> extends Child<PodDisruptionBudget, P> {

  public DisruptionBudget(WorkloadKind<P> kind) {
    super(PodDisruptionBudget.class, kind);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected PodDisruptionBudget desired(P primary, Context<P> context) {
    return desired(workload(primary));
  }

  static PodDisruptionBudget desired(Workload workload) {
    var names = ChildNames.of(workload);
    return new PodDisruptionBudgetBuilder()
        .withMetadata(ChildNames.metadata(workload, names.shared()))
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
