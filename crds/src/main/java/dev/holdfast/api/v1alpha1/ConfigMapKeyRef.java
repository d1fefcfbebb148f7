package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One key of a ConfigMap in the resource's namespace. */
public record ConfigMapKeyRef(
    @JsonPropertyDescription("Name of the ConfigMap, in the resource's namespace.")
        @Required
        @ObjectName
        String name,
    @JsonPropertyDescription("Key in the ConfigMap's data.") @Required @DataKey String key) {}
