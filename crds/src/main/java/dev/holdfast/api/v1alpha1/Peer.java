package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One of the data planes of a resource outside a cluster. */
public record Peer(
    @JsonPropertyDescription(
            "Name of the data plane, which it is given with --instance and which its certificate"
                + " says.")
        @Required
        @DnsLabel
        String name,
    @JsonPropertyDescription("IP address or DNS name of the data plane.") @Required @HostName
        String host,
    @JsonPropertyDescription("TCP port on which it listens for the others.") @Required @PortNumber
        int port) {}
