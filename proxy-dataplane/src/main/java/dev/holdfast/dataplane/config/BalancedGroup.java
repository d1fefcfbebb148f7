package dev.holdfast.dataplane.config;

import dev.holdfast.dataplane.sticky.GroupPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One group of a StickyBalancer.
 *
 * @param byListenPort where it leads the clients of each port, in the order of the ports
 */
public record BalancedGroup(
    GroupPolicy policy, Map<Integer, Destination> byListenPort, List<GroupCheck> checks) {

  public BalancedGroup {
    byListenPort = Collections.unmodifiableMap(new LinkedHashMap<>(byListenPort));
    checks = List.copyOf(checks);
  }

  /** Whether it is the same group, and not with other servers altogether. */
  public boolean sharesServersWith(BalancedGroup other) {
    return policy.id() == other.policy.id()
        && !Collections.disjoint(byListenPort.values(), other.byListenPort.values());
  }
}
