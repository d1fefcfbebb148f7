package dev.holdfast.floatingip.hetzner;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param body JSON; null for none
 * @param timeout for the whole answer
 */
public record HttpCall(
    String method, URI uri, ApiToken token, @Nullable String body, Duration timeout) {}
