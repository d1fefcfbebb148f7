package dev.holdfast.floatingip.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Of all optimal flows the first. Any other one is reached by cycles of tight arcs. So each IP in
 * turn takes the first server for which such a cycle exists that leaves the IPs before it alone.
 */
final class FirstOptimum {
  private final MinimumCostFlow flow;
  private final FlowNetwork network;

  private FirstOptimum(MinimumCostFlow flow) {
    this.flow = flow;
    this.network = flow.network();
  }

  /** By IP, the server it shall be on. */
  static int[] of(MinimumCostFlow flow) {
    var first = new FirstOptimum(flow);
    var ips = flow.network().ips();
    IntStream.range(0, ips).forEach(first::settle);
    return IntStream.range(0, ips).map(flow.network()::at).toArray();
  }

  private void settle(int ip) {
    network.pin(ip);
    var here = network.at(ip);
    if (here == network.home(ip)) {
      return;
    }
    var next = waysTo(here);
    var preferred =
        IntStream.concat(IntStream.of(network.home(ip)), network.allowed(ip).stream())
            .filter(server -> server != FlowNetwork.NOWHERE)
            .takeWhile(server -> server != here)
            .filter(server -> next[server] != FlowNetwork.NOWHERE && flow.isTight(ip, here, server))
            .findFirst();
    if (preferred.isPresent()) {
      makeRoom(preferred.getAsInt(), here, next);
      network.shiftPinned(ip, preferred.getAsInt());
    }
  }

  /** By node, the next one on a way of tight arcs to the target, or {@link FlowNetwork#NOWHERE}. */
  private int[] waysTo(int target) {
    var next = new int[network.sink() + 1];
    Arrays.fill(next, FlowNetwork.NOWHERE);
    next[target] = target;
    var reached = new ArrayDeque<Integer>();
    for (Integer to = target; to != null; to = reached.poll()) {
      for (var from = 0; from <= network.sink(); from++) {
        if (next[from] == FlowNetwork.NOWHERE && flow.isTight(from, to)) {
          next[from] = to;
          reached.add(from);
        }
      }
    }
    return next;
  }

  /** Shifts along the way from its end, so that no IP is shifted twice. */
  private void makeRoom(int from, int to, int[] next) {
    var way = new ArrayList<Integer>();
    for (var node = from; node != to; node = next[node]) {
      way.add(node);
    }
    for (int node : way.reversed()) {
      if (node != network.sink() && next[node] != network.sink()) {
        network.shift(node, next[node]);
      }
    }
  }
}
