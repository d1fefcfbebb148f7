package dev.holdfast.floatingip.fake;

import java.time.Instant;
import java.util.List;

/** A project of the seed. */
public record ProjectSeed(
    String name,
    List<ProjectToken> tokens,
    List<ServerSeed> servers,
    List<FloatingIpSeed> floatingIps) {

  public ProjectSeed {
    Seed.required("the name of a project", name);
    tokens = tokens == null ? List.of() : List.copyOf(tokens);
    servers = servers == null ? List.of() : List.copyOf(servers);
    floatingIps = floatingIps == null ? List.of() : List.copyOf(floatingIps);
  }

  Inventory inventory(Instant now) {
    var inventory = Inventory.empty();
    for (var server : servers) {
      if (inventory.servers().containsKey(server.id())) {
        throw new IllegalArgumentException("two servers have the id " + server.id());
      }
      inventory = inventory.with(server.at(now));
    }
    for (var ip : floatingIps) {
      if (inventory.ips().containsKey(ip.id())) {
        throw new IllegalArgumentException("two floating IPs have the id " + ip.id());
      }
      if (ip.server() != null && !inventory.servers().containsKey(ip.server())) {
        throw new IllegalArgumentException(
            "floating IP %d: there is no server %d".formatted(ip.id(), ip.server()));
      }
      inventory = inventory.with(ip.at(now));
    }
    return inventory;
  }
}
