package dev.holdfast.api.dataplane;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.DataPlaneStatus.ConnectionCounts;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one data plane says of one StickyBalancer, whole, at one instant.
 *
 * @param instance the pod's name, or the host's
 * @param generation of the configuration that is running; 0 outside a cluster
 * @param listeners one for each port, in the order of the configuration
 * @param groups in the order of the configuration
 * @param refused the newest configuration that was not taken, while an older one is running
 * @param agreement null for a data plane whose table is its own
 */
public record StickyBalancerReport(
    String kind,
    String namespace,
    String name,
    String instance,
    long generation,
    List<Listener> listeners,
    List<Group> groups,
    Entries entries,
    ConnectionCounts connections,
    @Nullable RefusedConfig refused,
    @Nullable Agreement agreement)
    implements DataPlaneReport {

  public StickyBalancerReport {
    listeners = List.copyOf(listeners);
    groups = List.copyOf(groups);
  }

  @Override
  public StickyBalancerReport withoutCounters() {
    return new StickyBalancerReport(
        kind,
        namespace,
        name,
        instance,
        generation,
        listeners,
        groups.stream().map(Group::withoutCounters).toList(),
        entries.withoutCounters(),
        ConnectionCounts.NONE,
        refused,
        agreement);
  }

  /**
   * @param wanted Active, Draining or Disabled, as the configuration says, or somebody since
   * @param effective the strictest of what is wanted, what failing checks say and what a server
   *     says of itself
   * @param cause of {@code effective}: Spec, Runtime, Reported, Unknown (a check has no verdict
   *     yet), or {@code Check/} and the name of one
   * @param votes replicas that agree with the verdict of those that have one, such as 2/3; null
   *     where one data plane decides alone
   * @param since when {@code effective} is so
   * @param keys that belong to the group
   * @param lastKeyEnds when the last of its keys ends, should none of them come again; null when it
   *     has none, or one with an open connection
   */
  public record Group(
      int id,
      String name,
      String wanted,
      String effective,
      String cause,
      @Nullable String votes,
      Instant since,
      long keys,
      long connections,
      @Nullable Instant lastKeyEnds,
      List<Check> checks) {

    public Group {
      checks = List.copyOf(checks);
    }

    Group withoutCounters() {
      return new Group(id, name, wanted, effective, cause, votes, since, 0, 0, null, checks);
    }
  }

  /**
   * @param onFail Drain, Disable or Ignore
   * @param reason of the newest failure; null when there is none
   */
  public record Check(
      String name, Health health, String onFail, @Nullable String reason, Instant since) {}

  /**
   * The table of keys.
   *
   * @param held keys with an open connection
   * @param expired since start, as are the other two
   * @param evicted keys that were idle, to make room for others
   * @param refused clients for whose key there was no room
   */
  public record Entries(long count, long held, long max, long expired, long evicted, long refused) {

    Entries withoutCounters() {
      return new Entries(0, 0, max, 0, 0, 0);
    }
  }
}
