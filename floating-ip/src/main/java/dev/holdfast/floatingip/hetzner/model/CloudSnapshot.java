package dev.holdfast.floatingip.hetzner.model;

import java.time.Instant;
import java.util.List;

/**
 * What a group is made of, as one poll saw it.
 *
 * @param readAt before the first call: what is written later is newer than this
 */
public record CloudSnapshot(List<Server> servers, List<FloatingIp> floatingIps, Instant readAt) {

  public CloudSnapshot {
    servers = List.copyOf(servers);
    floatingIps = List.copyOf(floatingIps);
  }

  /** Calls that reading it again costs. */
  public int cost() {
    return CallBudget.pollCost(servers.size(), floatingIps.size());
  }
}
