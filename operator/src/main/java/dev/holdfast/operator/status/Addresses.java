package dev.holdfast.operator.status;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where clients reach a resource, from the outside in, with each of its ports; the first one is the
 * column's.
 */
final class Addresses {

  private Addresses() {}

  static List<String> of(@Nullable Service service, List<? extends PodFact<?>> pods, int most) {
    if (service == null || service.getSpec() == null || service.getSpec().getPorts().isEmpty()) {
      return List.of();
    }
    return Stream.of(ofLoadBalancer(service), ofNodes(service, pods), ofCluster(service))
        .flatMap(List::stream)
        .distinct()
        .limit(most)
        .toList();
  }

  static List<String> ofLoadBalancer(Service service) {
    var status = service.getStatus();
    if (status == null || status.getLoadBalancer() == null) {
      return List.of();
    }
    return status.getLoadBalancer().getIngress().stream()
        .map(Addresses::host)
        .filter(Objects::nonNull)
        .flatMap(host -> endpoints(host, service))
        .toList();
  }

  /** Only nodes that run a pod: with the Local traffic policy no other one would answer. */
  private static List<String> ofNodes(Service service, List<? extends PodFact<?>> pods) {
    var ports =
        service.getSpec().getPorts().stream()
            .map(ServicePort::getNodePort)
            .filter(port -> port != null && port != 0)
            .toList();
    return pods.stream()
        .filter(PodFact::ready)
        .map(PodFact::hostIp)
        .filter(Objects::nonNull)
        .flatMap(ip -> ports.stream().map(port -> endpoint(ip, port)))
        .toList();
  }

  private static List<String> ofCluster(Service service) {
    return service.getSpec().getClusterIPs().stream()
        .filter(ip -> !ip.equals("None"))
        .flatMap(ip -> endpoints(ip, service))
        .toList();
  }

  private static Stream<String> endpoints(String host, Service service) {
    return service.getSpec().getPorts().stream().map(port -> endpoint(host, port.getPort()));
  }

  private static @Nullable String host(LoadBalancerIngress ingress) {
    return ingress.getIp() != null ? ingress.getIp() : ingress.getHostname();
  }

  private static String endpoint(String host, int port) {
    return host.contains(":") ? "[%s]:%d".formatted(host, port) : "%s:%d".formatted(host, port);
  }
}
