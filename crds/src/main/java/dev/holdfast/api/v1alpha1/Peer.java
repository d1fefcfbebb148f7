package dev.holdfast.api.v1alpha1;

/** Another data plane of the same resource, outside a cluster. */
public record Peer(String name, String host, int port) {}
