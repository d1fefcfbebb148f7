package dev.holdfast.dataplane.agreement.wire;

import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Command.EndHooks;
import dev.holdfast.dataplane.agreement.ledger.Command.EndLeases;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.RenewLease;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Command.TakeHooks;

/** Commands as they stand in the log for good: a number once given to a kind is never reused. */
public final class CommandCodec implements Codec<Command> {
  private static final int VERSION = 1;
  private static final int SET_MEMBERS = 1;
  private static final int RENEW_LEASE = 2;
  private static final int END_LEASES = 3;
  private static final int PROPOSE_PRIMARY = 4;
  private static final int LEAVE_PRIMARY = 5;
  private static final int TAKE_HOOKS = 6;
  private static final int END_HOOKS = 7;

  @Override
  public byte[] encode(Command command) {
    var out = new FieldWriter(VERSION);
    switch (command) {
      case SetMembers(var members) -> {
        out.tag(SET_MEMBERS);
        out.each(members, out::member);
      }
      case RenewLease(var holder, var serial, var fence) -> {
        out.tag(RENEW_LEASE);
        out.incarnation(holder);
        out.number(serial);
        out.number(fence);
      }
      case EndLeases(var leases) -> {
        out.tag(END_LEASES);
        out.leases(leases);
      }
      case ProposePrimary proposal -> propose(out, proposal);
      case LeavePrimary(var over, var reason) -> {
        out.tag(LEAVE_PRIMARY);
        out.number(over);
        out.text(reason.name());
      }
      case TakeHooks(var over, var runner) -> {
        out.tag(TAKE_HOOKS);
        out.number(over);
        out.incarnation(runner);
      }
      case EndHooks(var fence, var aborted) -> {
        out.tag(END_HOOKS);
        out.number(fence);
        out.truth(aborted);
      }
    }
    return out.done();
  }

  private static void propose(FieldWriter out, ProposePrimary proposal) {
    out.tag(PROPOSE_PRIMARY);
    out.number(proposal.over());
    out.target(proposal.target());
    out.number(proposal.generation());
    out.text(proposal.reason().name());
    out.truth(proposal.hooked());
    out.number(proposal.floor());
    out.incarnation(proposal.runner());
  }

  @Override
  public Command decode(byte[] bytes) throws UnreadableException {
    return FieldReader.read("command", VERSION, bytes, CommandCodec::read);
  }

  private static Command read(FieldReader in) throws UnreadableException {
    var kind = in.tag();
    return switch (kind) {
      case SET_MEMBERS -> new SetMembers(in.members());
      case RENEW_LEASE -> new RenewLease(in.incarnation(), in.number(), in.number());
      case END_LEASES -> new EndLeases(in.leases());
      case PROPOSE_PRIMARY ->
          new ProposePrimary(
              in.number(),
              in.target(),
              in.number(),
              in.reason(),
              in.truth(),
              in.number(),
              in.incarnation());
      case LEAVE_PRIMARY -> new LeavePrimary(in.number(), in.reason());
      case TAKE_HOOKS -> new TakeHooks(in.number(), in.incarnation());
      case END_HOOKS -> new EndHooks(in.number(), in.truth());
      default -> throw in.unreadable("found an unknown kind, " + kind);
    };
  }
}
