package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** The headless Service that gives each pod a name, ready or not. */
public final class PodsService extends Child<Service> {

  public PodsService() {
    super(Service.class);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.podsService();
  }

  @Override
  protected Service desired(FailoverProxy primary, Context<FailoverProxy> context) {
    return desired(primary);
  }

  static Service desired(FailoverProxy proxy) {
    var names = ChildNames.of(proxy);
    return new ServiceBuilder()
        .withMetadata(ChildNames.metadata(proxy, names.podsService()))
        .withNewSpec()
        .withClusterIP("None")
        .withPublishNotReadyAddresses(true)
        .withSelector(names.podSelector())
        .addNewPort()
        .withName(Ports.ADMIN_NAME)
        .withProtocol("TCP")
        .withPort(Ports.admin(proxy.getSpec()))
        .withTargetPort(new IntOrString(Ports.ADMIN_NAME))
        .endPort()
        .endSpec()
        .build();
  }
}
