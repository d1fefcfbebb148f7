package dev.holdfast.floatingip.fake;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server of the seed. */
public record ServerSeed(
    long id,
    String name,
    String location,
    @Nullable String ipv4,
    @Nullable String ipv6,
    Map<String, String> labels) {

  public ServerSeed {
    Seed.required("the name of server " + id, name);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  FakeServer at(Instant now) {
    var where = FakeLocation.named(location);
    return new FakeServer(id, name, "running", where, now, labels, ipv4, ipv6, true, Set.of());
  }
}
