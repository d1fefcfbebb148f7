package dev.holdfast.floatingip.fake;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A floating IP of the seed. */
public record FloatingIpSeed(
    long id,
    String name,
    String ip,
    String homeLocation,
    @Nullable Long server,
    Map<String, String> labels) {

  public FloatingIpSeed {
    Seed.required("the name of floating IP " + id, name);
    Seed.required("the address of floating IP " + id, ip);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
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
        false,
        false,
        Map.of());
  }
}
