package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** The pods' account. It may do nothing, and its token is not mounted. */
public final class PodServiceAccount extends Child<ServiceAccount> {

  public PodServiceAccount() {
    super(ServiceAccount.class);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.shared();
  }

  @Override
  protected ServiceAccount desired(FailoverProxy primary, Context<FailoverProxy> context) {
    return desired(primary);
  }

  static ServiceAccount desired(FailoverProxy proxy) {
    return new ServiceAccountBuilder()
        .withMetadata(ChildNames.metadata(proxy, ChildNames.of(proxy).shared()))
        .withAutomountServiceAccountToken(false)
        .build();
  }
}
