package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.api.schema.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Laid over the data-plane pod. Parts that Kubernetes defines itself are kept as they were written
 * and are handed on.
 */
@SchemaCustomizer(
    value = SchemaPatch.class,
    input =
        """
        properties:
          labels:
            additionalProperties: {description: Value of one label.}
          annotations:
            additionalProperties: {description: Value of one annotation.}
          nodeSelector:
            additionalProperties: {description: Value that the node's label must have.}
          resources: {maxProperties: 3}
          affinity: {maxProperties: 3}
          tolerations:
            x-kubernetes-list-type: atomic
            items: {description: One toleration of the pod., maxProperties: 5}
          topologySpreadConstraints:
            x-kubernetes-list-type: atomic
            items: {description: One topology spread constraint of the pod., maxProperties: 8}
          env:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
            items:
              description: One environment variable of the container.
              maxProperties: 3
              required: [name]
              properties:
                name:
                  type: string
                  description: Name of the variable.
                  minLength: 1
                  maxLength: 256
        """)
public record PodOverlay(
    @JsonPropertyDescription("Further labels of the pods.") @Default("{}") @Size(max = 64)
        Map<
                String,
                @Pattern("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$") @Size(max = 63) String>
            labels,
    @JsonPropertyDescription("Further annotations of the pods.") @Default("{}") @Size(max = 64)
        Map<String, @Size(max = 16384) String> annotations,
    @JsonPropertyDescription("Image of the data plane. Absent: the operator's own choice.")
        @Pattern("^[!-~]+$")
        @Size(min = 1, max = 1024)
        @Nullable String image,
    @JsonPropertyDescription("Resources of the container, as in a Kubernetes pod.")
        @Nullable ObjectNode resources,
    @JsonPropertyDescription("Labels that a node must have.") @Default("{}") @Size(max = 64)
        Map<
                String,
                @Pattern("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$") @Size(max = 63) String>
            nodeSelector,
    @JsonPropertyDescription("Tolerations, as in a Kubernetes pod.") @Default("[]") @Size(max = 64)
        List<ObjectNode> tolerations,
    @JsonPropertyDescription(
            "Affinity, as in a Kubernetes pod. Absent: replicas rather share no node.")
        @Nullable ObjectNode affinity,
    @JsonPropertyDescription("Topology spread constraints, as in a Kubernetes pod.")
        @Default("[]")
        @Size(max = 16)
        List<ObjectNode> topologySpreadConstraints,
    @JsonPropertyDescription("PriorityClass of the pods.") @ObjectName
        @Nullable String priorityClassName,
    @JsonPropertyDescription(
            "Uses the node's network: listen.address and listen.port are the node's, and the port"
                + " must be 1024 or above.")
        @Default("false")
        boolean hostNetwork,
    @JsonPropertyDescription(
            "Time from the order to end until a pod is killed; above shutdown.drainTimeout. Absent:"
                + " shutdown.drainTimeout and some seconds.")
        @Min(1)
        @Max(604800)
        @Nullable Integer terminationGracePeriodSeconds,
    @JsonPropertyDescription("Further environment variables, as in a Kubernetes container.")
        @Default("[]")
        @Size(max = 64)
        List<ObjectNode> env,
    @JsonPropertyDescription("Further options of the Java virtual machine, separated by spaces.")
        @Pattern("^[ -~]*$")
        @Size(max = 4096)
        @Nullable String jvmOptions) {}
