package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One key of a Secret in the resource's namespace. */
public record SecretKeyRef(
    @JsonPropertyDescription("Name of the Secret, in the resource's namespace.")
        @Required
        @ObjectName
        String name,
    @JsonPropertyDescription("Key in the Secret's data.") @Required @DataKey String key) {}
