package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Laid over the data-plane pod. Parts that Kubernetes defines itself are kept as they were written
 * and are handed on.
 */
public record PodOverlay(
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable String image,
    @Nullable JsonNode resources,
    Map<String, String> nodeSelector,
    List<JsonNode> tolerations,
    @Nullable JsonNode affinity,
    List<JsonNode> topologySpreadConstraints,
    @Nullable String priorityClassName,
    boolean hostNetwork,
    @Nullable Integer terminationGracePeriodSeconds,
    List<JsonNode> env,
    @Nullable String jvmOptions) {}
