package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.config.NoGroupPolicy;
import dev.holdfast.dataplane.relay.Target;
import dev.holdfast.dataplane.relay.Visit;
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.Stickiness;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each client is routed by, at one moment.
 *
 * @param seats by group
 * @param whileNoGroup what becomes of a client whom no group may take
 */
record BalancerView(Stickiness stickiness, Map<Integer, Seat> seats, NoGroupPolicy whileNoGroup) {

  /**
   * @param targets by the port where the client was accepted
   */
  record Seat(GroupState state, int weight, Map<Integer, Target> targets) {
    boolean takesNewKeys() {
      return state == GroupState.Active && weight > 0;
    }
  }

  BalancerView {
    seats = Map.copyOf(seats);
  }

  static BalancerView of(BalancerConfig config, Collection<GroupStanding> standings) {
    var effective =
        standings.stream().collect(Collectors.toMap(GroupStanding::id, GroupStanding::effective));
    var seats = new HashMap<Integer, Seat>();
    for (var group : config.groups()) {
      var state = effective.get(group.policy().id());
      if (state != null) {
        var targets = targets(group, config.connectTimeout());
        seats.put(group.policy().id(), new Seat(state, group.policy().weight(), targets));
      }
    }
    return new BalancerView(config.stickiness(), seats, config.whileNoGroup());
  }

  private static Map<Integer, Target> targets(BalancedGroup group, Duration connectTimeout) {
    var targets = new HashMap<Integer, Target>();
    group
        .byListenPort()
        .forEach((port, to) ->
            targets.put(
                port, new Target(group.policy().name(), to.host(), to.port(), 0, connectTimeout)));
    return targets;
  }

  StickKey key(Visit visit) {
    var address = visit.client().getAddress();
    var prefix =
        address instanceof Inet4Address ? stickiness.ipv4Prefix() : stickiness.ipv6Prefix();
    var key = StickKey.of(address, prefix);
    return visit.firstBytes().length == 0 ? key : key.with(visit.firstBytes());
  }

  boolean takesNewKeys() {
    return seats.values().stream().anyMatch(Seat::takesNewKeys);
  }

  /** Whether there is a group for anybody. */
  boolean servesAnybody() {
    return seats.values().stream().anyMatch(seat -> seat.state() != GroupState.Disabled);
  }

  boolean serves(int group) {
    var seat = seats.get(group);
    return seat != null && seat.state() != GroupState.Disabled;
  }

  /** Null when the group has none for the port. */
  @Nullable Target target(int group, int listenPort) {
    var seat = seats.get(group);
    return seat == null ? null : seat.targets().get(listenPort);
  }
}
