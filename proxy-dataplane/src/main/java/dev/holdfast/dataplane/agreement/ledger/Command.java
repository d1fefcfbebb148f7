package dev.holdfast.dataplane.agreement.ledger;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.failover.Reason;
import java.util.Map;
import java.util.Set;

/**
 * What is committed. Each command but {@link SetMembers} names what it was decided upon, a fence or
 * a lease, and has no effect when that is no longer so: it may come late, twice, or out of order.
 */
public sealed interface Command {

  /**
   * @param members by whose majority votes are counted, and who alone get leases
   */
  record SetMembers(Set<MemberId> members) implements Command {
    public SetMembers {
      members = Set.copyOf(members);
    }
  }

  /**
   * A member asks for the right to act until its lease ends. It asks only when it has ceased to act
   * on its leases under older fences.
   */
  record RenewLease(Incarnation holder, long serial, long fence) implements Command {}

  /** These leases, if they have not been renewed, must have ended. */
  record EndLeases(Map<MemberId, Grant> leases) implements Command {
    public EndLeases {
      leases = Map.copyOf(leases);
    }
  }

  /**
   * Makes a backend primary in an epoch of its own. Only in an empty ledger and for {@link
   * Reason#Resumed} is it the floor's epoch.
   *
   * @param over the fence that the choice was made under
   * @param floor an epoch that was in use before this group began; 0 for none
   * @param runner who runs its hooks
   */
  record ProposePrimary(
      long over,
      Target target,
      long generation,
      Reason reason,
      boolean hooked,
      long floor,
      Incarnation runner)
      implements Command {}

  /** Ends the primary, or gives up the choice. */
  record LeavePrimary(long over, Reason reason) implements Command {}

  /** Has another process run the hooks, from the beginning and in the same epoch. */
  record TakeHooks(long over, Incarnation runner) implements Command {}

  /**
   * @param fence under which the hooks ran
   * @param aborted whether they gave the candidate up
   */
  record EndHooks(long fence, boolean aborted) implements Command {}
}
