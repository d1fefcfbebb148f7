package dev.holdfast.operator.children;

import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
public final class PodsService<P extends HasMetadata> extends Child<Service, P> {

  public PodsService(WorkloadKind<P> kind) {
    super(Service.class, kind);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.podsService();
  }

  @Override
  protected Service desired(P primary, Context<P> context) {
    return desired(workload(primary));
  }

  static Service desired(Workload workload) {
    var names = ChildNames.of(workload);
    var admin = Ports.admin(workload.spec());
    var service =
        new ServiceBuilder()
            .withMetadata(ChildNames.metadata(workload, names.podsService()))
            .withNewSpec()
            .withClusterIP("None")
            .withPublishNotReadyAddresses(true)
            .withSelector(names.podSelector())
            .addToPorts(port(Ports.ADMIN_NAME, admin));
    if (workload.agree()) {
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
