package dev.holdfast.api.v1alpha1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client Service. An absent port is the listen port. */
public record ServiceTemplate(
    Type type,
    @Nullable Integer port,
    Map<String, String> annotations,
    Map<String, String> labels,
    @Nullable String loadBalancerClass,
    List<String> loadBalancerSourceRanges,
    @Nullable TrafficPolicy externalTrafficPolicy,
    @Nullable IpFamilyPolicy ipFamilyPolicy,
    int nodePort) {

  public enum Type {
    ClusterIP,
    NodePort,
    LoadBalancer
  }

  public enum TrafficPolicy {
    Cluster,
    Local
  }

  public enum IpFamilyPolicy {
    SingleStack,
    PreferDualStack,
    RequireDualStack
  }
}
