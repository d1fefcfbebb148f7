package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Check;
import dev.holdfast.api.dataplane.StickyBalancerReport.Entries;
import dev.holdfast.api.dataplane.StickyBalancerReport.Group;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.relay.ConnectionCounts;
import dev.holdfast.dataplane.runtime.balancer.StickMetrics.Figures;
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a StickyBalancer reports, from what is known of it at one moment.
 *
 * @param checks by group
 */
public record BalancerStatus(
    String instance,
    BalancerConfig config,
    List<Listener> listeners,
    StickStanding standing,
    Map<Integer, List<Check>> checks,
    @Nullable RefusedConfig refused) {

  /** Of a resource whose very first configuration was refused. */
  public static StickyBalancerReport ofNothing(
      String instance, Manifest manifest, RefusedConfig refused) {
    return new StickyBalancerReport(
        manifest.kind(),
        manifest.namespace(),
        manifest.name(),
        instance,
        0,
        List.of(),
        List.of(),
        new Entries(0, 0, 0, 0, 0, 0),
        new DataPlaneStatus.ConnectionCounts(0, 0, 0, 0, 0),
        refused,
        null);
  }

  StickyBalancerReport with(ConnectionCounts counts, StickMetrics metrics) {
    var key = config.key();
    var figures = metrics.figures();
    return new StickyBalancerReport(
        key.kind(),
        key.namespace(),
        key.name(),
        instance,
        config.version().generation(),
        listeners,
        config.groups().stream()
            .flatMap(group -> standing.of(group.policy().id()).stream())
            .map(group -> group(group, figures, counts))
            .toList(),
        new Entries(
            figures.entries(),
            figures.held(),
            config.stickiness().maxEntries(),
            metrics.expired(),
            metrics.evicted(),
            metrics.refusedClients()),
        connections(counts),
        refused,
        standing.agreement());
  }

  private Group group(GroupStanding group, Figures figures, ConnectionCounts counts) {
    var policy = group.policy();
    var tally = figures.of(policy.id());
    var open = counts.backends().get(policy.name());
    return new Group(
        policy.id(),
        policy.name(),
        group.wanted().name(),
        group.effective().name(),
        group.cause().toString(),
        standing.votes().get(policy.id()),
        standing.clock().instant(group.since()),
        tally.keys(),
        open == null ? 0 : open.open(),
        tally.keys() == 0 || tally.held() > 0
            ? null
            : standing.clock().instant(tally.newest()).plusSeconds(standing.expireAfter()),
        checks.getOrDefault(policy.id(), List.of()));
  }

  static DataPlaneStatus.ConnectionCounts connections(ConnectionCounts counts) {
    return new DataPlaneStatus.ConnectionCounts(
        counts.open(),
        counts.held(),
        counts.accepted(),
        counts.rejected(),
        counts.backends().values().stream()
            .mapToLong(ConnectionCounts.Backend::connectFailures)
            .sum());
  }
}
