package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A ConfigMap in the resource's namespace. */
public record ConfigMapRef(
    @JsonPropertyDescription("Name of the ConfigMap, in the resource's namespace.")
        @Required
        @ObjectName
        String configMapName) {}
