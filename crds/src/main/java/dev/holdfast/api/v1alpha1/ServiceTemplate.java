package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client Service. An absent port is the listen port. */
@ValidationRule(
    value = "self.type != 'ClusterIP' || !has(self.externalTrafficPolicy)",
    fieldPath = ".externalTrafficPolicy",
    message = "service.externalTrafficPolicy needs service.type NodePort or LoadBalancer")
@ValidationRule(
    value = "self.type != 'ClusterIP' || self.nodePort == 0",
    fieldPath = ".nodePort",
    message = "service.nodePort needs service.type NodePort or LoadBalancer")
@ValidationRule(
    value = "self.type == 'LoadBalancer' || !has(self.loadBalancerClass)",
    fieldPath = ".loadBalancerClass",
    message = "service.loadBalancerClass needs service.type LoadBalancer")
@ValidationRule(
    value = "self.type == 'LoadBalancer' || size(self.loadBalancerSourceRanges) == 0",
    fieldPath = ".loadBalancerSourceRanges",
    message = "service.loadBalancerSourceRanges needs service.type LoadBalancer")
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          annotations:
            additionalProperties: {description: Value of one annotation.}
          labels:
            additionalProperties: {description: Value of one label.}
          loadBalancerSourceRanges:
            x-kubernetes-list-type: set
            items: {description: 'A network such as 10.0.0.0/8 or fd00::/8.'}
        """)
public record ServiceTemplate(
    @JsonPropertyDescription("How the Service is reached.") @Default("ClusterIP") Type type,
    @JsonPropertyDescription("Port of the Service. Absent: listen.port.") @PortNumber
        @Nullable Integer port,
    @JsonPropertyDescription("Further annotations of the Service.") @Default("{}") @Size(max = 64)
        Map<String, @Size(max = 16384) String> annotations,
    @JsonPropertyDescription("Further labels of the Service.") @Default("{}") @Size(max = 64)
        Map<
                String,
                @Pattern("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$") @Size(max = 63) String>
            labels,
    @JsonPropertyDescription("Implementation of the load balancer; needs type LoadBalancer.")
        @Pattern("^[-A-Za-z0-9_./]+$")
        @Size(min = 1, max = 317)
        @Nullable String loadBalancerClass,
    @JsonPropertyDescription("Networks that may connect; needs type LoadBalancer. Empty: all.")
        @Default("[]")
        @Size(max = 64)
        List<@Pattern("^[0-9A-Fa-f:.]+/[0-9]{1,3}$") @Size(min = 4, max = 49) String>
            loadBalancerSourceRanges,
    @JsonPropertyDescription(
            "Cluster: any node hands clients on. Local: only nodes with a pod, and clients'"
                + " addresses are kept. Needs type NodePort or LoadBalancer. Absent: Kubernetes'"
                + " default.")
        @Nullable TrafficPolicy externalTrafficPolicy,
    @JsonPropertyDescription("IP families of the Service. Absent: Kubernetes' default.")
        @Nullable IpFamilyPolicy ipFamilyPolicy,
    @JsonPropertyDescription(
            "Port on every node; needs type NodePort or LoadBalancer. 0: Kubernetes chooses.")
        @Default("0")
        @Min(0)
        @Max(65535)
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
