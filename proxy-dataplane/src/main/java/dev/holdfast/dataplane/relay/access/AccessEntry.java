package dev.holdfast.dataplane.relay.access;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of a connection at its end.
 *
 * @param client where it came from, as a believed PROXY header told if there was one
 * @param backend null when it never was linked to one
 * @param key by which it was given to the backend; null where there is no such thing
 * @param took from the accept to the end
 */
public record AccessEntry(
    String resource,
    InetSocketAddress client,
    @Nullable String backend,
    @Nullable String key,
    long bytesToBackend,
    long bytesToClient,
    Duration took,
    String end) {}
