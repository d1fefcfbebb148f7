package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** The pods' account. It may do nothing, and its token is not mounted. */
public final class PodServiceAccount<P extends HasMetadata> extends Child<ServiceAccount, P> {

  public PodServiceAccount(WorkloadKind<P> kind) {
    super(ServiceAccount.class, kind);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected ServiceAccount desired(P primary, Context<P> context) {
    return desired(workload(primary));
  }

  static ServiceAccount desired(Workload workload) {
    return new ServiceAccountBuilder()
        .withMetadata(ChildNames.metadata(workload, ChildNames.of(workload).shared()))
        .withAutomountServiceAccountToken(false)
        .build();
  }
}
