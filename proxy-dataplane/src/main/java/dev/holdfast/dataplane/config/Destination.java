package dev.holdfast.dataplane.config;

/**
 * Where clients are relayed to.
 *
 * @param host an IP address or a DNS name, resolved anew for every connect
 */
public record Destination(String host, int port) {}
