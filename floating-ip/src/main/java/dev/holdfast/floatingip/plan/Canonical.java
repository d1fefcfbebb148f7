package dev.holdfast.floatingip.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** flipper's documented rules. They do not look at where an IP points. */
final class Canonical {
  private final Candidates candidates;
  private final Map<FloatingIp, Server> placed = new HashMap<>();
  private final Map<Server, Integer> load = new HashMap<>();

  private Canonical(Candidates candidates) {
    this.candidates = candidates;
  }

  /** A server for each of the IPs, which come by id and all have a candidate. */
  static Map<FloatingIp, Server> place(List<FloatingIp> ips, Candidates candidates) {
    var canonical = new Canonical(candidates);
    canonical.spread(canonical.matchIndices(ips));
    return canonical.placed;
  }

  private List<FloatingIp> matchIndices(List<FloatingIp> ips) {
    var others = new ArrayList<FloatingIp>();
    for (var ip : ips) {
      candidates
          .withIndexOf(ip)
          .findFirst()
          .ifPresentOrElse(server -> put(ip, server), () -> others.add(ip));
    }
    return others;
  }

  private void spread(List<FloatingIp> ips) {
    for (var ip : ips) {
      var emptiest = candidates.near(ip).getFirst();
      for (var server : candidates.near(ip)) {
        if (load(server) < load(emptiest)) {
          emptiest = server;
        }
      }
      put(ip, emptiest);
    }
  }

  private int load(Server server) {
    return load.getOrDefault(server, 0);
  }

  private void put(FloatingIp ip, Server server) {
    placed.put(ip, server);
    load.merge(server, 1, Integer::sum);
  }
}
