package dev.holdfast.floatingip.plan;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * What a plan is computed from: the servers of the group, in the order of candidates, and the
 * floating IPs of the group by id, however they were listed.
 */
public record Observed(List<Server> servers, List<FloatingIp> floatingIps) {

  /**
   * @throws IllegalArgumentException if two servers, or two floating IPs, have the same id
   */
  public Observed {
    requireDistinct("servers", servers.stream().mapToLong(Server::id));
    requireDistinct("floating IPs", floatingIps.stream().mapToLong(FloatingIp::id));
    servers = servers.stream().sorted(Server.ORDER).toList();
    floatingIps = floatingIps.stream().sorted(Comparator.comparingLong(FloatingIp::id)).toList();
  }

  /** The server of the group with this id. */
  Optional<Server> server(OptionalLong id) {
    return servers.stream()
        .filter(server -> id.isPresent() && server.id() == id.getAsLong())
        .findFirst();
  }

  private static void requireDistinct(String things, LongStream ids) {
    var seen = new HashSet<Long>();
    ids.forEach(id -> {
      if (!seen.add(id)) {
        throw new IllegalArgumentException(
            "expected every id once, found two " + things + " with id " + id);
      }
    });
  }
}
