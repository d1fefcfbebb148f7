package dev.holdfast.dataplane.relay.transport;

/** What the kernel is asked to do with a connection: TCP_NODELAY and SO_KEEPALIVE. */
public record SocketOptions(boolean noDelay, boolean keepAlive) {}
