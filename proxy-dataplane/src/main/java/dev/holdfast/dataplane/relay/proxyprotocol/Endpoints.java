package dev.holdfast.dataplane.relay.proxyprotocol;

import java.net.InetSocketAddress;

/**
 * Both ends of a client's connection.
 *
 * @param client where it comes from
 * @param server where it arrived
 */
public record Endpoints(InetSocketAddress client, InetSocketAddress server) {}
