package dev.holdfast.dataplane.agreement.ledger;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ledger.Command.EndHooks;
import dev.holdfast.dataplane.agreement.ledger.Command.EndLeases;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.RenewLease;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Command.TakeHooks;
import dev.holdfast.dataplane.agreement.ledger.Office.Fencing;
import dev.holdfast.dataplane.agreement.ledger.Office.RunningHooks;
import dev.holdfast.dataplane.agreement.ledger.Office.Serving;
import dev.holdfast.dataplane.agreement.ledger.Office.Vacant;
import dev.holdfast.dataplane.failover.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * All that the members agreed on. The same commands in the same order give the same ledger.
 *
 * <p>Laws: epochs only grow; hooks that ended without aborting never run again in their epoch; an
 * office goes on from {@link Fencing} only when no lease from before its fence is left.
 *
 * <p>A <em>fence</em> is the log index of the newest command that took rights away. A lease is the
 * right to act (to admit, or to run hooks) on what the ledger said at its fence. A holder learns of
 * its lease from the log, in the log's order; so whoever has not learnt of a fence acts at most
 * until the end of the leases from before it.
 *
 * @param leases the newest of each member, also of members that were removed
 * @param epoch the highest one given out
 * @param generation the highest one that a primary was chosen by
 */
public record Ledger(
    Set<MemberId> members,
    Map<MemberId, Grant> leases,
    long fence,
    long epoch,
    long generation,
    Office office) {

  public Ledger {
    members = Set.copyOf(members);
    leases = Map.copyOf(leases);
  }

  public static Ledger empty() {
    return new Ledger(Set.of(), Map.of(), 0, 0, 0, new Vacant(Search.begin(Reason.Initial)));
  }

  /**
   * @param index of the command in the log; from 1, and higher than that of any command before
   */
  public Ledger apply(long index, Command command) {
    return switch (command) {
      case SetMembers(var next) -> withMembers(next);
      case RenewLease renewal -> renew(renewal);
      case EndLeases(var ended) -> end(ended);
      case ProposePrimary proposal when proposal.over() == fence -> propose(index, proposal);
      case LeavePrimary(var over, var reason) when over == fence -> leave(index, reason);
      case TakeHooks(var over, var runner) when over == fence -> take(index, runner);
      case EndHooks(var over, var aborted) when over == fence -> endHooks(index, aborted);
      case ProposePrimary _, LeavePrimary _, TakeHooks _, EndHooks _ -> this;
    };
  }

  /** Whether nobody can act any more on what was before the fence. */
  public boolean fenced() {
    return leases.values().stream().allMatch(grant -> grant.fence() == fence);
  }

  private Ledger withMembers(Set<MemberId> next) {
    return new Ledger(next, leases, fence, epoch, generation, office);
  }

  private Ledger renew(RenewLease renewal) {
    var member = renewal.holder().member();
    if (renewal.fence() != fence || !members.contains(member)) {
      return this;
    }
    var next = new HashMap<>(leases);
    next.put(member, new Grant(fence, renewal.holder().number(), renewal.serial()));
    return withLeases(next);
  }

  private Ledger end(Map<MemberId, Grant> ended) {
    var next = new HashMap<>(leases);
    ended.forEach(next::remove);
    return withLeases(next);
  }

  private Ledger withLeases(Map<MemberId, Grant> next) {
    return new Ledger(members, next, fence, epoch, generation, office).settle();
  }

  private Ledger propose(long index, ProposePrimary proposal) {
    if (!(office instanceof Vacant(var search)) || proposal.generation() < generation) {
      return this;
    }
    var resumed = proposal.reason() == Reason.Resumed && epoch == 0 && proposal.floor() > 0;
    var next = resumed ? proposal.floor() : Math.max(index, 1 + Math.max(epoch, proposal.floor()));
    var tenure =
        new Tenure(
            proposal.target(), next, proposal.generation(), proposal.reason(), proposal.hooked());
    var chosen = new Fencing(tenure, search.choose(tenure.name()), proposal.runner());
    return new Ledger(members, leases, index, next, proposal.generation(), chosen).settle();
  }

  private Ledger leave(long index, Reason reason) {
    return switch (office) {
      case Vacant _ -> this;
      case Fencing(var tenure, var search, var runner) -> vacate(index, search);
      case RunningHooks(var tenure, var search, var runner) -> vacate(index, search);
      case Serving _ -> vacate(index, Search.begin(reason));
    };
  }

  private Ledger vacate(long index, Search search) {
    return new Ledger(members, leases, index, epoch, generation, new Vacant(search));
  }

  private Ledger take(long index, Incarnation runner) {
    return switch (office) {
      case Fencing(var tenure, var search, var before) ->
          fence(index, new Fencing(tenure, search, runner));
      case RunningHooks(var tenure, var search, var before) ->
          fence(index, new Fencing(tenure, search, runner));
      case Vacant _, Serving _ -> this;
    };
  }

  private Ledger fence(long index, Fencing next) {
    return new Ledger(members, leases, index, epoch, generation, next).settle();
  }

  private Ledger endHooks(long index, boolean aborted) {
    if (!(office instanceof RunningHooks(var tenure, var search, var runner))) {
      return this;
    }
    return aborted
        ? vacate(index, search.discard(tenure.name()))
        : new Ledger(members, leases, fence, epoch, generation, new Serving(tenure));
  }

  private Ledger settle() {
    if (!(office instanceof Fencing(var tenure, var search, var runner)) || !fenced()) {
      return this;
    }
    var next = tenure.hooked() ? new RunningHooks(tenure, search, runner) : new Serving(tenure);
    return new Ledger(members, leases, fence, epoch, generation, next);
  }
}
