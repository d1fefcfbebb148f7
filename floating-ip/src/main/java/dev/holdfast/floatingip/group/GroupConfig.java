package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.hetzner.ApiSettings;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.loop.GroupPolicy;
import java.util.List;

/**
 * What a group shall do.
 *
 * @param name in logs
 * @param serverSelector the provider's label selector
 * @param floatingIpSelector the provider's label selector
 * @param moves bounds of one move
 * @param verifyPort TCP port that is asked through a moved IP; 0 when {@code moves} does not verify
 */
public record GroupConfig(
    String name,
    ApiSettings api,
    String serverSelector,
    String floatingIpSelector,
    List<GroupCheck> checks,
    AssignmentPolicy moves,
    int verifyPort,
    GroupPolicy policy) {

  public GroupConfig {
    checks = List.copyOf(checks);
  }

  /** Whether what was read with the other one is of no use. */
  boolean hasOtherSourceThan(GroupConfig other) {
    return !(api.equals(other.api)
        && serverSelector.equals(other.serverSelector)
        && floatingIpSelector.equals(other.floatingIpSelector));
  }
}
