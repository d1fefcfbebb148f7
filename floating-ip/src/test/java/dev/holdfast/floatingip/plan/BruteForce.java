package dev.holdfast.floatingip.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What MinimalMoves promises, found by trying every way: written from the rules alone. */
final class BruteForce {
  private final List<Server> candidates;
  private final List<FloatingIp> ips = new ArrayList<>();
  private final List<List<Integer>> choices = new ArrayList<>();

  private int fewestSquares = Integer.MAX_VALUE;
  private int fewestMoves;
  private int[] best = {};

  private BruteForce(List<Server> candidates) {
    this.candidates = candidates;
  }

  /** For IPs that all have a candidate, by id; candidates in order. */
  static Map<FloatingIp, Server> place(List<FloatingIp> ips, List<Server> candidates) {
    var search = new BruteForce(candidates);
    for (var ip : ips) {
      search.ips.add(ip);
      search.choices.add(search.choices(ip).stream().map(candidates::indexOf).toList());
    }
    search.tryAll(0, new int[ips.size()]);
    return search.best();
  }

  /** In the order of preference. An index match leaves no choice. */
  private List<Server> choices(FloatingIp ip) {
    Comparator<Server> presentFirst = Comparator.comparing(server -> !isAt(ip, server));
    var local =
        candidates.stream()
            .filter(server -> server.networkZone().equals(ip.networkZone()))
            .filter(server -> server.location().equals(ip.location()))
            .sorted(presentFirst)
            .toList();
    var matches =
        local.stream()
            .filter(server -> !server.index().equals(OptionalInt.empty()))
            .filter(server -> server.index().equals(ip.index()))
            .toList();
    if (!matches.isEmpty()) {
      return matches.subList(0, 1);
    }
    return !local.isEmpty()
        ? local
        : candidates.stream()
            .filter(server -> server.networkZone().equals(ip.networkZone()))
            .sorted(presentFirst)
            .toList();
  }

  private void tryAll(int ip, int[] chosen) {
    if (ip == chosen.length) {
      judge(chosen);
      return;
    }
    for (chosen[ip] = 0; chosen[ip] < choices.get(ip).size(); chosen[ip]++) {
      tryAll(ip + 1, chosen);
    }
  }

  /**
   * Squares, then moves; ways are tried in the order of preference, so the first of equals stays.
   */
  private void judge(int[] chosen) {
    var load = new int[candidates.size()];
    var squares = 0;
    var moves = 0;
    for (var ip = 0; ip < chosen.length; ip++) {
      var server = choices.get(ip).get(chosen[ip]);
      squares += 2 * load[server]++ + 1;
      moves += isAt(ips.get(ip), candidates.get(server)) ? 0 : 1;
    }
    if (squares < fewestSquares || squares == fewestSquares && moves < fewestMoves) {
      fewestSquares = squares;
      fewestMoves = moves;
      best = chosen.clone();
    }
  }

  private Map<FloatingIp, Server> best() {
    var placed = new HashMap<FloatingIp, Server>();
    for (var ip = 0; ip < best.length; ip++) {
      placed.put(ips.get(ip), candidates.get(choices.get(ip).get(best[ip])));
    }
    return placed;
  }

  private static boolean isAt(FloatingIp ip, Server server) {
    return ip.server().isPresent() && ip.server().getAsLong() == server.id();
  }
}
