package dev.holdfast.floatingip.fake;

import java.time.Instant;
import java.util.List;
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
    Map<String, String> labels,
    List<PrivateAddress> privateNet) {

  public ServerSeed {
    Seed.required("the name of server " + id, name);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    privateNet = privateNet == null ? List.of() : List.copyOf(privateNet);
  }

  /** One without private networks. */
  public ServerSeed(
      long id,
      String name,
      String location,
      @Nullable String ipv4,
      @Nullable String ipv6,
      Map<String, String> labels) {
    this(id, name, location, ipv4, ipv6, labels, List.of());
  }

  FakeServer at(Instant now) {
    var where = FakeLocation.named(location);
    return new FakeServer(
        id, name, "running", where, now, labels, ipv4, ipv6, privateNet, true, Set.of());
  }
}
