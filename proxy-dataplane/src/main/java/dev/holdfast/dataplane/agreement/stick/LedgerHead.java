package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger says beside its table: little, and not changed any more, so that any thread may
 * have it.
 *
 * @param members who alone get leases
 * @param leases the newest of each member, also of members that were removed
 * @param processes the newest of each member, by its number
 * @param generation of the configuration
 * @param configuration null before the first one
 * @param leader whose words on time and checks count; null for nobody's
 * @param ruled the index of its newest word
 * @param now in the table's seconds
 * @param overdue whether more is to be taken out whose time is over
 * @param fence the newest index at which somebody took keys from a group, rather than time or want
 *     of room; who has cut what that took away is to say so at once
 * @param groups in the order of their ids
 */
public record LedgerHead(
    Set<MemberId> members,
    Map<MemberId, TableLease> leases,
    Map<MemberId, Long> processes,
    long generation,
    StickCommand.@Nullable Govern configuration,
    @Nullable Incarnation leader,
    long ruled,
    int now,
    boolean overdue,
    long fence,
    List<GroupStanding> groups) {

  public LedgerHead {
    members = Set.copyOf(members);
    leases = Map.copyOf(leases);
    processes = Map.copyOf(processes);
    groups = List.copyOf(groups);
  }

  /** The lease of this process; null when it has none. */
  public @Nullable TableLease leaseOf(Incarnation process) {
    var lease = leases.get(process.member());
    return lease != null && lease.isOf(process) ? lease : null;
  }

  /** Null for a group that there is not. */
  public @Nullable GroupStanding group(int id) {
    return groups.stream().filter(group -> group.id() == id).findFirst().orElse(null);
  }
}
