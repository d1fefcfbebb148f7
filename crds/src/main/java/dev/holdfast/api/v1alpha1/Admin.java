package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The admin interface, where it is not the operator that decides. */
public record Admin(
    @JsonPropertyDescription(
            "IP address to bind. Off the loopback the interface demands a token or a client"
                + " certificate.")
        @Default("127.0.0.1")
        @Pattern("^[0-9A-Fa-f:.]+$")
        @Size(min = 2, max = 45)
        String address,
    @JsonPropertyDescription("TCP port of the admin interface.") @Default("2340") @PortNumber
        int port,
    @JsonPropertyDescription(
            "Bearer token that allows writes, and reads off the loopback. Absent: nobody writes"
                + " without a client certificate.")
        @Nullable SecretKeyRef tokenSecretRef) {}
