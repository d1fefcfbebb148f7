package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** How a data plane ends. */
public record Shutdown(
    @JsonPropertyDescription(
            "How long open connections may go on after a data plane was told to end; then they are"
                + " cut.")
        @Default("30s")
        @DurationText
        String drainTimeout) {}
