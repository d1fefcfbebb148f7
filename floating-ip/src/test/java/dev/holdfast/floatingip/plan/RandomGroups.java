package dev.holdfast.floatingip.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Draws groups; the same seed gives the same ones. */
final class RandomGroups {
  private static final List<String> LOCATIONS = List.of("fsn1", "hel1", "nbg1", "ash");
  private static final long FOREIGN = 9999;
  private final Random random;

  RandomGroups(long seed) {
    this.random = new Random(seed);
  }

  /** Any mixture of locations, zones, indices and health, up to these sizes. */
  Observed any(int maxServers, int maxIps) {
    var servers = servers(1 + random.nextInt(maxServers), 1 + random.nextInt(LOCATIONS.size()));
    var indices = random.nextInt(4);
    var unknown = random.nextInt(3) == 0;
    var named = new ArrayList<Server>();
    for (var server : servers) {
      named.add(
          new Server(
              server.id(),
              server.name(),
              server.location(),
              server.networkZone(),
              Group.index(random.nextInt(indices + 1) - 1),
              health(unknown)));
    }
    return new Observed(named, ips(named, 1 + random.nextInt(maxIps), indices));
  }

  private List<Server> servers(int count, int locations) {
    var servers = new ArrayList<Server>();
    for (var id = 1; id <= count; id++) {
      var location = LOCATIONS.get(random.nextInt(locations));
      servers.add(
          new Server(
              id,
              "server-" + (count - id),
              location,
              Group.zone(location),
              Group.index(-1),
              Health.Healthy));
    }
    return servers;
  }

  private List<FloatingIp> ips(List<Server> servers, int count, int indices) {
    var ips = new ArrayList<FloatingIp>();
    for (var id = 100; id < 100 + count; id++) {
      var location = LOCATIONS.get(random.nextInt(LOCATIONS.size()));
      ips.add(
          new FloatingIp(
              id,
              "ip-" + id,
              location,
              Group.zone(location),
              Group.index(random.nextInt(indices + 1) - 1),
              target(servers)));
    }
    return ips;
  }

  private OptionalLong target(List<Server> servers) {
    var drawn = random.nextInt(20);
    if (drawn == 0) {
      return OptionalLong.of(FOREIGN);
    }
    return drawn < 5
        ? OptionalLong.empty()
        : OptionalLong.of(servers.get(random.nextInt(servers.size())).id());
  }

  private Health health(boolean mayBeUnknown) {
    var drawn = random.nextInt(8);
    if (drawn == 0 && mayBeUnknown) {
      return Health.Unknown;
    }
    return drawn <= 2 ? Health.Unhealthy : Health.Healthy;
  }

  PlannerPolicy policy() {
    return new PlannerPolicy(
        Strategy.values()[random.nextInt(2)],
        WhenAllUnhealthy.values()[random.nextInt(2)],
        random.nextBoolean());
  }

  Random random() {
    return random;
  }
}
