package dev.holdfast.operator.children;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.ServiceTemplate;
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
import java.util.Objects;
import java.util.TreeMap;

/** The Service that clients connect to. */
public final class ClientService extends Child<Service> {

  public ClientService() {
    super(Service.class);
  }

  @Override
  String nameIn(ChildNames names) {
    return names.clientService();
  }

  @Override
  protected Service desired(FailoverProxy primary, Context<FailoverProxy> context) {
    return desired(primary);
  }

  static Service desired(FailoverProxy proxy) {
    return new ServiceBuilder().withMetadata(metadata(proxy)).withSpec(spec(proxy)).build();
  }

  private static ObjectMeta metadata(FailoverProxy proxy) {
    var names = ChildNames.of(proxy);
    var template = proxy.getSpec().service();
    var labels = new TreeMap<>(template.labels());
    labels.putAll(names.labels());
    return new ObjectMetaBuilder(ChildNames.metadata(proxy, names.clientService()))
        .withLabels(labels)
        .withAnnotations(template.annotations())
        .build();
  }

  private static ServiceSpec spec(FailoverProxy proxy) {
    var template = proxy.getSpec().service();
    var spec =
        new ServiceSpecBuilder()
            .withType(template.type().name())
            .withSelector(ChildNames.of(proxy).podSelector())
            .withPorts(port(proxy));
    if (template.ipFamilyPolicy() != null) {
      spec.withIpFamilyPolicy(template.ipFamilyPolicy().name());
    }
    if (template.type() != ServiceTemplate.Type.ClusterIP) {
      var policy =
          Objects.requireNonNullElse(
              template.externalTrafficPolicy(), ServiceTemplate.TrafficPolicy.Cluster);
      spec.withExternalTrafficPolicy(policy.name());
    }
    if (template.type() == ServiceTemplate.Type.LoadBalancer) {
      spec.withLoadBalancerClass(template.loadBalancerClass())
          .withLoadBalancerSourceRanges(template.loadBalancerSourceRanges());
    }
    return spec.build();
  }

  private static ServicePort port(FailoverProxy proxy) {
    var template = proxy.getSpec().service();
    var listen = proxy.getSpec().listen().port();
    var port =
        new ServicePortBuilder()
            .withName("client")
            .withProtocol("TCP")
            .withPort(Objects.requireNonNullElse(template.port(), listen))
            // A number, so that a new port reaches pods that run already.
            .withTargetPort(new IntOrString(listen));
    if (template.type() != ServiceTemplate.Type.ClusterIP && template.nodePort() != 0) {
      port.withNodePort(template.nodePort());
    }
    return port.build();
  }
}
