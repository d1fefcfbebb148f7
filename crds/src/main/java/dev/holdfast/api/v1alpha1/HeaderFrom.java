package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A request header whose value is secret. */
public record HeaderFrom(
    @JsonPropertyDescription("Name of the header, such as Authorization.")
        @Required
        @Pattern("^[-!#$%&'*+.^_`|~0-9A-Za-z]+$")
        @Size(min = 1, max = 128)
        String name,
    @JsonPropertyDescription("Where the header's value is kept.") @Required
        SecretKeyRef secretKeyRef) {}
