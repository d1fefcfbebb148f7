package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.loop.GroupNotice.ServerLine;
import dev.holdfast.floatingip.plan.Health;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The group as it is known.
 *
 * @param servers by id, in order of it
 * @param floatingIps by id, in order of it
 * @param stableSince when a server last came, went or changed its health
 */
record Members(Map<Long, Member> servers, Map<Long, FloatingIp> floatingIps, Instant stableSince) {

  Members {
    servers = new TreeMap<>(servers);
    floatingIps = new TreeMap<>(floatingIps);
  }

  static Members none(Instant now) {
    return new Members(Map.of(), Map.of(), now);
  }

  Members with(Member member, Instant now) {
    var next = new TreeMap<>(servers);
    var before = next.put(member.server().id(), member);
    var same = before != null && before.health() == member.health();
    return new Members(next, floatingIps, same ? stableSince : now);
  }

  Members with(FloatingIp ip) {
    var next = new TreeMap<>(floatingIps);
    next.put(ip.id(), ip);
    return new Members(servers, next, stableSince);
  }

  List<Server> serverList() {
    return servers.values().stream().map(Member::server).toList();
  }

  List<FloatingIp> ipList() {
    return List.copyOf(floatingIps.values());
  }

  boolean anyUnknown() {
    return servers.values().stream().anyMatch(member -> member.health() == Health.Unknown);
  }

  /** Its id when it has gone meanwhile. */
  String ipName(long id) {
    var ip = floatingIps.get(id);
    return ip == null ? String.valueOf(id) : ip.name();
  }

  /** Its id when it is not of the group. */
  String serverName(long id) {
    var member = servers.get(id);
    return member == null ? String.valueOf(id) : member.server().name();
  }

  List<ServerLine> table() {
    return servers.values().stream()
        .map(
            member -> new ServerLine(member.server().id(), member.server().name(), member.health()))
        .sorted(Comparator.comparing(ServerLine::name).thenComparingLong(ServerLine::id))
        .toList();
  }
}
