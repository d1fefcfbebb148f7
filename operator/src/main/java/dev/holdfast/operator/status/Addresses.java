package dev.holdfast.operator.status;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where clients reach a resource, from the outside in; the first one is the column's. */
final class Addresses {

  private static final int MAX = 16;

  private Addresses() {}

  static List<String> of(@Nullable Service service, List<PodFact> pods) {
    if (service == null || service.getSpec() == null || service.getSpec().getPorts().isEmpty()) {
      return List.of();
    }
    return Stream.of(ofLoadBalancer(service), ofNodes(service, pods), ofCluster(service))
        .flatMap(List::stream)
        .distinct()
        .limit(MAX)
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
        .map(host -> endpoint(host, port(service).getPort()))
        .toList();
  }

  /** Only nodes that run a pod: with the Local traffic policy no other one would answer. */
  private static List<String> ofNodes(Service service, List<PodFact> pods) {
    var nodePort = port(service).getNodePort();
    return nodePort == null || nodePort == 0
        ? List.of()
        : pods.stream()
            .filter(PodFact::ready)
            .map(PodFact::hostIp)
            .filter(Objects::nonNull)
            .map(ip -> endpoint(ip, nodePort))
            .toList();
  }

  private static List<String> ofCluster(Service service) {
    return service.getSpec().getClusterIPs().stream()
        .filter(ip -> !ip.equals("None"))
        .map(ip -> endpoint(ip, port(service).getPort()))
        .toList();
  }

  private static ServicePort port(Service service) {
    return service.getSpec().getPorts().getFirst();
  }

  private static @Nullable String host(LoadBalancerIngress ingress) {
    return ingress.getIp() != null ? ingress.getIp() : ingress.getHostname();
  }

  private static String endpoint(String host, int port) {
    return host.contains(":") ? "[%s]:%d".formatted(host, port) : "%s:%d".formatted(host, port);
  }
}
