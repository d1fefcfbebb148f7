package dev.holdfast.floatingip.plan;

import java.util.Arrays;

/**
 * Puts IPs into a network one by one, each by the shortest path to the sink, which keeps the flow
 * of least cost at every step. Node potentials keep all arcs' reduced costs at zero or above; that
 * they are is the proof of optimality, and the arcs at zero lead to all other optimal flows.
 */
final class MinimumCostFlow {
  private final FlowNetwork network;
  private final long[] potential;
  private final long[] distance;
  private final int[] previous;

  private MinimumCostFlow(FlowNetwork network) {
    this.network = network;
    potential = new long[network.sink() + 1];
    distance = new long[network.sink() + 1];
    previous = new int[network.sink() + 1];
  }

  static MinimumCostFlow through(FlowNetwork network) {
    var flow = new MinimumCostFlow(network);
    for (var ip = 0; ip < network.ips(); ip++) {
      flow.insert(ip);
    }
    return flow;
  }

  FlowNetwork network() {
    return network;
  }

  /** Whether an optimal flow may use this arc. */
  boolean isTight(int from, int to) {
    return reducedCost(from, to) == 0;
  }

  /** Whether an optimal flow may have the IP on the second server instead of the first. */
  boolean isTight(int ip, int from, int to) {
    var added = network.moves(ip, to) - network.moves(ip, from);
    return added + potential[from] - potential[to] == 0;
  }

  private long reducedCost(int from, int to) {
    var cost = network.cost(from, to);
    return cost == FlowNetwork.NONE ? cost : cost + potential[from] - potential[to];
  }

  private void insert(int ip) {
    start(ip);
    searchSink();
    var toSink = distance[network.sink()];
    for (var node = 0; node < potential.length; node++) {
      potential[node] += Math.min(distance[node], toSink);
    }
    var to = previous[network.sink()];
    while (previous[to] != FlowNetwork.NOWHERE) {
      network.shift(previous[to], to);
      to = previous[to];
    }
    network.put(ip, to);
  }

  /**
   * The IP is a node of its own, with arcs to its servers; its potential makes one of them tight.
   */
  private void start(int ip) {
    Arrays.fill(distance, FlowNetwork.NONE);
    Arrays.fill(previous, FlowNetwork.NOWHERE);
    var servers = network.allowed(ip);
    var own =
        servers.stream()
            .mapToLong(server -> potential[server] - network.moves(ip, server))
            .max()
            .orElseThrow();
    servers.stream()
        .forEach(server -> distance[server] = network.moves(ip, server) + own - potential[server]);
  }

  /** Dijkstra's algorithm over reduced costs, until the sink is the nearest node. */
  private void searchSink() {
    var done = new boolean[distance.length];
    for (var node = nearest(done); node != network.sink(); node = nearest(done)) {
      done[node] = true;
      for (var next = 0; next < distance.length; next++) {
        if (!done[next] && distance[node] + reducedCost(node, next) < distance[next]) {
          distance[next] = distance[node] + reducedCost(node, next);
          previous[next] = node;
        }
      }
    }
  }

  private int nearest(boolean[] done) {
    var nearest = network.sink();
    for (var node = 0; node < done.length; node++) {
      if (!done[node] && distance[node] < distance[nearest]) {
        nearest = node;
      }
    }
    return nearest;
  }
}
