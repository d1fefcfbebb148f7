package dev.holdfast.floatingip.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The servers that may gain floating IPs, in order. */
final class Candidates {
  private final List<Server> servers;
  private final Map<Home, List<Server>> near = new HashMap<>();

  private record Home(String location, String networkZone) {}

  Candidates(List<Server> ordered) {
    this.servers = ordered;
  }

  List<Server> servers() {
    return servers;
  }

  /** Those of its location; when that has none, those of its network zone. */
  List<Server> near(FloatingIp ip) {
    return near.computeIfAbsent(new Home(ip.location(), ip.networkZone()), this::near);
  }

  /** Those of its location with its index; none when it has no index. */
  Stream<Server> withIndexOf(FloatingIp ip) {
    return ip.index().equals(OptionalInt.empty())
        ? Stream.empty()
        : near(ip).stream()
            .filter(server -> server.location().equals(ip.location()))
            .filter(server -> server.index().equals(ip.index()));
  }

  private List<Server> near(Home home) {
    var inZone =
        servers.stream().filter(server -> server.networkZone().equals(home.networkZone)).toList();
    var local = inZone.stream().filter(server -> server.location().equals(home.location)).toList();
    return local.isEmpty() ? inZone : local;
  }
}
