package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.ServiceTemplate;
import dev.holdfast.operator.workload.ClientPort;
import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** The Service that clients connect to. */
public final class ClientService<P extends HasMetadata> extends Child<Service, P> {

  public ClientService(WorkloadKind<P> kind) {
    super(Service.class, kind);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.clientService();
  }

  @Override
  protected Service desired(P primary, Context<P> context) {
    return desired(workload(primary));
  }

  static Service desired(Workload workload) {
    return new ServiceBuilder().withMetadata(metadata(workload)).withSpec(spec(workload)).build();
  }

  private static ObjectMeta metadata(Workload workload) {
    var names = ChildNames.of(workload);
    var template = workload.spec().service();
    var labels = new TreeMap<>(template.labels());
    labels.putAll(names.labels());
    return new ObjectMetaBuilder(ChildNames.metadata(workload, names.clientService()))
        .withLabels(labels)
        .withAnnotations(template.annotations())
        .build();
  }

  private static ServiceSpec spec(Workload workload) {
    var template = workload.spec().service();
    var spec =
        new ServiceSpecBuilder()
            .withType(template.type().name())
            .withSelector(ChildNames.of(workload).podSelector())
            .withPorts(ports(workload));
    if (template.ipFamilyPolicy() != null) {
      spec.withIpFamilyPolicy(template.ipFamilyPolicy().name());
    }
    if (template.type() != ServiceTemplate.Type.ClusterIP) {
      var policy =
          Objects.requireNonNullElse(
              template.externalTrafficPolicy(), workload.usualTrafficPolicy());
      spec.withExternalTrafficPolicy(policy.name());
    }
    if (template.type() == ServiceTemplate.Type.LoadBalancer) {
      spec.withLoadBalancerClass(template.loadBalancerClass())
          .withLoadBalancerSourceRanges(template.loadBalancerSourceRanges());
    }
    return spec.build();
  }

  private static List<ServicePort> ports(Workload workload) {
    var template = workload.spec().service();
    return workload.clientPorts().stream().map(port -> port(port, template)).toList();
  }

  private static ServicePort port(ClientPort client, ServiceTemplate template) {
    var port =
        new ServicePortBuilder()
            .withName(client.name())
            .withProtocol("TCP")
            .withPort(client.service())
            // A number, so that a new port reaches pods that run already.
            .withTargetPort(new IntOrString(client.listen()));
    if (template.type() != ServiceTemplate.Type.ClusterIP && template.nodePort() != 0) {
      port.withNodePort(template.nodePort());
    }
    return port.build();
  }
}
