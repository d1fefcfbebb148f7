package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is committed for a table. A command may come late, twice, or out of order: what must not
 * then count names what it was decided upon, or is numbered by who says it.
 */
public sealed interface TableCommand {

  /**
   * @param members who alone get leases
   */
  record SetMembers(Set<MemberId> members) implements TableCommand {
    public SetMembers {
      members = Set.copyOf(members);
    }
  }

  /**
   * A process asks for the right to act on the table until its lease ends. It asks only when no
   * connection is left from a lease that is over.
   *
   * @param after the process that the ledger knew of this member then, by its number; null for
   *     none. What another one has asked meanwhile is not undone
   * @param serial from 1; a lower one than the present lease's has no effect
   * @param cut up to this index it has applied the log, and has cut what that took away
   */
  record RenewLease(Incarnation holder, @Nullable Long after, long serial, long cut)
      implements TableCommand {}

  /** These leases, if they have not been renewed, must have ended. */
  record EndLeases(Map<MemberId, TableLease> leases) implements TableCommand {
    public EndLeases {
      leases = Map.copyOf(leases);
    }
  }

  /**
   * Has the table go by another configuration, unless that is older than the present one.
   *
   * @param unproven by group: checks that have no verdict yet, should the table not know the group
   */
  record Govern(
      long generation, StickCommand.Govern configuration, Map<Integer, List<FailingCheck>> unproven)
      implements TableCommand {

    public Govern {
      unproven = Map.copyOf(unproven);
    }
  }

  /**
   * Finds each key a group if it has none that serves it. Twice is as good as once, and nobody need
   * be known to ask.
   */
  record Claim(List<StickKey> keys) implements TableCommand {
    public Claim {
      keys = List.copyOf(keys);
    }
  }

  /**
   * What became of keys at one process. It has one of these, or of {@link Ask}, under way at a
   * time, and says it again until it is heard.
   *
   * @param serial one above that of the one before, from 1
   * @param opened it has connections of these from now on
   * @param closed it has none of these any more
   * @param touched these were heard of
   */
  record Hear(
      Incarnation from,
      long serial,
      List<StickKey> opened,
      List<StickKey> closed,
      List<StickKey> touched)
      implements TableCommand {

    public Hear {
      opened = List.copyOf(opened);
      closed = List.copyOf(closed);
      touched = List.copyOf(touched);
    }
  }

  /** What somebody wishes who asked this process. In one order with what it has heard of keys. */
  record Ask(Incarnation from, long serial, StickCommand.Wish wish) implements TableCommand {}

  /**
   * This process leads from now on. It knows neither the time nor what was heard of keys meanwhile,
   * and so all of them count as heard of now.
   */
  record Reign(Incarnation leader) implements TableCommand {}

  /**
   * What the leader sees: time, and checks.
   *
   * @param after the index of its word before this one, or of its reign's beginning
   * @param now in the table's seconds
   * @param failing by group: its checks that fail from now on; groups that are not here stay
   */
  record Rule(Incarnation leader, long after, int now, Map<Integer, List<FailingCheck>> failing)
      implements TableCommand {

    public Rule {
      failing = Map.copyOf(failing);
    }
  }
}
