package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Another data plane of the same resource, outside a cluster. */
public record Peer(
    @JsonPropertyDescription("Name of the peer, as it calls itself with --instance.")
        @Required
        @DnsLabel
        String name,
    @JsonPropertyDescription("IP address or DNS name of the peer.") @Required @HostName String host,
    @JsonPropertyDescription("TCP port that the peer listens on for its peers.")
        @Required
        @PortNumber
        int port) {}
