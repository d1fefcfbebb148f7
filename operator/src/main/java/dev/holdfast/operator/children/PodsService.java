package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/**
 * The headless Service that gives each pod a name, ready or not: pods that decide together are
 * ready only once they have found each other.
 */
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
    var admin = Ports.admin(proxy.getSpec());
    var service =
        new ServiceBuilder()
            .withMetadata(ChildNames.metadata(proxy, names.podsService()))
            .withNewSpec()
            .withClusterIP("None")
            .withPublishNotReadyAddresses(true)
            .withSelector(names.podSelector())
            .addToPorts(port(Ports.ADMIN_NAME, admin));
    if (Replicas.agree(proxy.getSpec())) {
      service.addToPorts(port(Ports.PEERS_NAME, Ports.PEERS));
    }
    return service.endSpec().build();
  }

  private static ServicePort port(String name, int number) {
    return new ServicePortBuilder()
        .withName(name)
        .withProtocol("TCP")
        .withPort(number)
        .withTargetPort(new IntOrString(name))
        .build();
  }
}
