package dev.holdfast.floatingip.fake;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a server; null leaves a thing as it is.
 *
 * @param status as the API spells it
 * @param up whether it answers
 * @param notConfigured floating IPs that its operating system does not own
 */
public record ServerChange(
    long id, @Nullable String status, @Nullable Boolean up, @Nullable Set<Long> notConfigured) {

  FakeServer of(FakeServer server) {
    return server.with(
        status == null ? server.status() : status,
        up == null ? server.up() : up,
        notConfigured == null ? server.notConfigured() : Set.copyOf(notConfigured));
  }
}
