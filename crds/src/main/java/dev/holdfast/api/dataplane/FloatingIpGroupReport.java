package dev.holdfast.api.dataplane;

import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.LastApplied;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.PlanStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.RateLimitStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.ServerStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process says of one FloatingIpGroup that it runs: as the resource's status has it, but for
 * its conditions, whose class a data plane has not.
 *
 * @param instance the host's name
 */
public record FloatingIpGroupReport(
    String kind,
    String namespace,
    String name,
    String instance,
    List<Condition> conditions,
    List<ServerStatus> servers,
    List<FloatingIpStatus> floatingIps,
    @Nullable PlanStatus plan,
    @Nullable LastApplied lastApplied,
    @Nullable RateLimitStatus rateLimit,
    int ips,
    int inPlace,
    int pendingMoves)
    implements ResourceStatus {

  /**
   * @param status True, False or Unknown
   * @param since when that changed last
   */
  public record Condition(
      String type, String status, String reason, String message, Instant since) {}

  @Override
  public FloatingIpGroupReport withoutCounters() {
    return new FloatingIpGroupReport(
        kind,
        namespace,
        name,
        instance,
        conditions,
        servers,
        floatingIps,
        plan,
        lastApplied,
        null,
        ips,
        inPlace,
        pendingMoves);
  }
}
