package dev.holdfast.dataplane.relay;

import java.time.Duration;

/**
 * The backend that new clients are relayed to.
 *
 * @param host IP address or DNS name, resolved anew for every connect
 * @param epoch grows by one with each new primary; connections remember the one they were made
 *     under
 * @param connectTimeout covers name resolution and the connect
 */
public record Target(String backend, String host, int port, long epoch, Duration connectTimeout) {}
