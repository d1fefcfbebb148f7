package dev.holdfast.floatingip.fake;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server, with what the API tells of it and what only its users notice.
 *
 * @param status as the API spells it
 * @param ipv4 null for none
 * @param ipv6 a /64; null for none
 * @param up whether it answers
 * @param notConfigured floating IPs that its operating system does not own, so that it does not
 *     answer for them
 */
public record FakeServer(
    long id,
    String name,
    String status,
    FakeLocation location,
    Instant created,
    Map<String, String> labels,
    @Nullable String ipv4,
    @Nullable String ipv6,
    boolean up,
    Set<Long> notConfigured) {

  FakeServer with(String status, boolean up, Set<Long> notConfigured) {
    return new FakeServer(
        id, name, status, location, created, labels, ipv4, ipv6, up, notConfigured);
  }
}
