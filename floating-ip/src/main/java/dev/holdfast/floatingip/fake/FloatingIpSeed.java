package dev.holdfast.floatingip.fake;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A floating IP of the seed.
 *
 * @param blocked cannot be assigned
 */
public record FloatingIpSeed(
    long id,
    String name,
    String ip,
    String homeLocation,
    @Nullable Long server,
    Map<String, String> labels,
    boolean blocked) {

  public FloatingIpSeed {
    Seed.required("the name of floating IP " + id, name);
    Seed.required("the address of floating IP " + id, ip);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** One that is not blocked. */
  public FloatingIpSeed(
      long id,
      String name,
      String ip,
      String homeLocation,
      @Nullable Long server,
      Map<String, String> labels) {
    this(id, name, ip, homeLocation, server, labels, false);
  }

  FakeFloatingIp at(Instant now) {
    var type = ip.indexOf(':') < 0 ? "ipv4" : "ipv6";
    return new FakeFloatingIp(
        id,
        name,
        "",
        type,
        ip,
        FakeLocation.named(homeLocation),
        now,
        labels,
        server,
        server,
        blocked,
        false,
        Map.of());
  }
}
