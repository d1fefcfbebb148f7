package dev.holdfast.floatingip.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Index matches first, those at their match staying there. Of all ways to place the other IPs: (1)
 * the smallest sum of squares of IPs per server, index matches counted; (2) of those the fewest
 * moves; (3) of those the first, where ways are compared IP by IP in the order of ids, each
 * preferring its present server and then the order of candidates.
 *
 * <p>(1) and (2) are a minimum-cost flow, because the square of a load is convex; (3) is found
 * among its optimal flows. All three are exact.
 */
final class MinimalMoves {
  private final Candidates candidates;
  private final List<Server> servers;
  private final Map<FloatingIp, Server> placed = new HashMap<>();

  /** By list, not by what is in it: there is one for each location and zone. */
  private final IdentityHashMap<List<Server>, BitSet> near = new IdentityHashMap<>();

  private MinimalMoves(Candidates candidates) {
    this.candidates = candidates;
    this.servers = candidates.servers();
  }

  /** A server for each of the IPs, which come by id and all have a candidate. */
  static Map<FloatingIp, Server> place(List<FloatingIp> ips, Candidates candidates) {
    var moves = new MinimalMoves(candidates);
    moves.spread(moves.matchIndices(ips));
    return moves.placed;
  }

  private List<FloatingIp> matchIndices(List<FloatingIp> ips) {
    var others = new ArrayList<FloatingIp>();
    for (var ip : ips) {
      var matches = candidates.withIndexOf(ip).toList();
      if (matches.isEmpty()) {
        others.add(ip);
      } else {
        placed.put(
            ip,
            matches.stream()
                .filter(server -> isAt(ip, server))
                .findFirst()
                .orElse(matches.getFirst()));
      }
    }
    return others;
  }

  private void spread(List<FloatingIp> ips) {
    var load = new int[servers.size()];
    placed.values().forEach(server -> load[servers.indexOf(server)]++);
    var allowed = ips.stream().map(this::near).toList();
    var homes = new int[ips.size()];
    Arrays.setAll(homes, ip -> home(ips.get(ip)));
    var network = new FlowNetwork(homes, allowed, load);
    var best = FirstOptimum.of(MinimumCostFlow.through(network));
    for (var ip = 0; ip < best.length; ip++) {
      placed.put(ips.get(ip), servers.get(best[ip]));
    }
  }

  /** The numbers of the servers that the IP may be on. */
  private BitSet near(FloatingIp ip) {
    return near.computeIfAbsent(
        candidates.near(ip),
        local -> {
          var numbers = new BitSet();
          local.forEach(server -> numbers.set(servers.indexOf(server)));
          return numbers;
        });
  }

  private int home(FloatingIp ip) {
    return near(ip).stream()
        .filter(server -> isAt(ip, servers.get(server)))
        .findFirst()
        .orElse(FlowNetwork.NOWHERE);
  }

  private static boolean isAt(FloatingIp ip, Server server) {
    return ip.server().isPresent() && ip.server().getAsLong() == server.id();
  }
}
