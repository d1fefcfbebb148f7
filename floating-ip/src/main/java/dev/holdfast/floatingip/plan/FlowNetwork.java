package dev.holdfast.floatingip.plan;

import java.util.BitSet;
import java.util.List;

/**
 * The residual network of an assignment: servers are its nodes, and one sink behind them takes all
 * IPs. An arc between servers is the cheapest shift of one IP from the first to the second; an arc
 * to the sink is one IP more on a server, an arc from it one IP less. A cost counts moves, and
 * squares so heavily that no number of moves outweighs one of them.
 */
final class FlowNetwork {
  static final int NOWHERE = -1;

  /** The cost of an arc that is not there. */
  static final long NONE = Long.MAX_VALUE / 4;

  private final int[] homes;
  private final List<BitSet> allowed;
  private final int[] load;
  private final int[] at;
  private final long square;
  private final BitSet free = new BitSet();

  /** By added moves (one saved, none, one more), from, to: the IPs that could be shifted so. */
  private final int[][][] shiftable;

  /**
   * A network with no IP in it.
   *
   * @param homes the server that each IP is at without a move, or {@link #NOWHERE}
   * @param allowed the servers that each IP may be on
   * @param load the IPs that each server has in any case
   */
  FlowNetwork(int[] homes, List<BitSet> allowed, int[] load) {
    this.homes = homes;
    this.allowed = allowed;
    this.load = load;
    at = new int[homes.length];
    square = homes.length + 1L;
    shiftable = new int[3][load.length][load.length];
  }

  int ips() {
    return homes.length;
  }

  int sink() {
    return load.length;
  }

  /** Where an IP that is in the network stands. */
  int at(int ip) {
    return at[ip];
  }

  int home(int ip) {
    return homes[ip];
  }

  BitSet allowed(int ip) {
    return allowed.get(ip);
  }

  /** 1 if this is a move, else 0. */
  int moves(int ip, int server) {
    return homes[ip] == server ? 0 : 1;
  }

  /** Of the cheapest way from node to node in one arc. */
  long cost(int from, int to) {
    if (to == sink()) {
      return square * (2L * load[from] + 1);
    }
    if (from == sink()) {
      return -square * (2L * load[to] - 1);
    }
    var moves = addedMoves(from, to);
    return moves > 1 ? NONE : moves;
  }

  /** Puts an IP on a server, from where it may be shifted. */
  void put(int ip, int server) {
    at[ip] = server;
    load[server]++;
    free.set(ip);
    count(ip, 1);
  }

  /** From now on the IP is shifted by {@link #shiftPinned} only. */
  void pin(int ip) {
    free.clear(ip);
    count(ip, -1);
  }

  void shiftPinned(int ip, int to) {
    load[at[ip]]--;
    at[ip] = to;
    load[to]++;
  }

  /** Shifts one IP along the arc between two servers. */
  void shift(int from, int to) {
    var ip = cheapest(from, to);
    pin(ip);
    load[from]--;
    put(ip, to);
  }

  private int cheapest(int from, int to) {
    var added = addedMoves(from, to);
    return free.stream()
        .filter(ip -> at[ip] == from && allowed.get(ip).get(to))
        .filter(ip -> moves(ip, to) - moves(ip, from) == added)
        .findFirst()
        .orElseThrow();
  }

  /** The fewest moves that a shift adds: -1 to 1, or 2 when no IP can be shifted so. */
  private int addedMoves(int from, int to) {
    var added = -1;
    while (added <= 1 && shiftable[added + 1][from][to] == 0) {
      added++;
    }
    return added;
  }

  private void count(int ip, int change) {
    var from = at[ip];
    allowed.get(ip).stream()
        .filter(to -> to != from)
        .forEach(to -> shiftable[moves(ip, to) - moves(ip, from) + 1][from][to] += change);
  }
}
