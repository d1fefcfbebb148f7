package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where clients connect. */
public record Listen(
    @JsonPropertyDescription(
            "IP address to bind. Used by `holdfast run` and with hostNetwork; a pod of its own"
                + " always binds all its addresses.")
        @Default("'::'")
        @Pattern("^[0-9A-Fa-f:.]+$")
        @Size(min = 2, max = 45)
        String address,
    @JsonPropertyDescription("TCP port that clients connect to.") @Required @PortNumber int port) {}
