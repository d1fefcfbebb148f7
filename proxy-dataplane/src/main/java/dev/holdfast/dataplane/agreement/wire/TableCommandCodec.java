package dev.holdfast.dataplane.agreement.wire;

import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Ask;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Claim;
import dev.holdfast.dataplane.agreement.stick.TableCommand.EndLeases;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Govern;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Hear;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Reign;
import dev.holdfast.dataplane.agreement.stick.TableCommand.RenewLease;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Rule;
import dev.holdfast.dataplane.agreement.stick.TableCommand.SetMembers;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickCommand.Change;
import dev.holdfast.dataplane.sticky.StickCommand.Remove;
import dev.holdfast.dataplane.sticky.StickCommand.Report;

/** Commands as they stand in the log for good: a number once given to a kind is never reused. */
public final class TableCommandCodec implements Codec<TableCommand> {
  private static final int VERSION = 1;
  private static final int SET_MEMBERS = 1;
  private static final int RENEW_LEASE = 2;
  private static final int END_LEASES = 3;
  private static final int GOVERN = 4;
  private static final int CLAIM = 5;
  private static final int HEAR = 6;
  private static final int REMOVE = 7;
  private static final int CHANGE = 8;
  private static final int REPORT = 9;
  private static final int REIGN = 10;
  private static final int RULE = 11;

  @Override
  public byte[] encode(TableCommand command) {
    var out = new FieldWriter(VERSION);
    switch (command) {
      case SetMembers(var members) -> {
        out.tag(SET_MEMBERS);
        out.each(members, out::member);
      }
      case RenewLease(var holder, var after, var serial, var cut) -> {
        out.tag(RENEW_LEASE);
        out.incarnation(holder);
        out.optional(after, out::number);
        out.number(serial);
        out.number(cut);
      }
      case EndLeases(var leases) -> {
        out.tag(END_LEASES);
        StickFields.leases(out, leases);
      }
      case Govern(var generation, var configuration, var unproven) -> {
        out.tag(GOVERN);
        out.number(generation);
        StickFields.configuration(out, configuration);
        StickFields.failing(out, unproven);
      }
      case Claim(var keys) -> {
        out.tag(CLAIM);
        out.each(keys, out::key);
      }
      case Hear hear -> hear(out, hear);
      case Ask ask -> ask(out, ask);
      case Reign(var leader) -> {
        out.tag(REIGN);
        out.incarnation(leader);
      }
      case Rule(var leader, var after, var now, var failing) -> {
        out.tag(RULE);
        out.incarnation(leader);
        out.number(after);
        out.number(now);
        StickFields.failing(out, failing);
      }
    }
    return out.done();
  }

  private static void hear(FieldWriter out, Hear hear) {
    out.tag(HEAR);
    out.incarnation(hear.from());
    out.number(hear.serial());
    out.each(hear.opened(), out::key);
    out.each(hear.closed(), out::key);
    out.each(hear.touched(), out::key);
  }

  private static void ask(FieldWriter out, Ask ask) {
    out.tag(tag(ask.wish()));
    out.incarnation(ask.from());
    out.number(ask.serial());
    switch (ask.wish()) {
      case Remove(var key) -> out.key(key);
      case Change(var group, var state) -> {
        out.number(group);
        out.optional(state, out::name);
      }
      case Report(var group, var report) -> {
        out.number(group);
        out.optional(report, value -> StickFields.report(out, value));
      }
    }
  }

  private static int tag(StickCommand.Wish wish) {
    return switch (wish) {
      case Remove _ -> REMOVE;
      case Change _ -> CHANGE;
      case Report _ -> REPORT;
    };
  }

  @Override
  public TableCommand decode(byte[] bytes) throws UnreadableException {
    return FieldReader.read("table command", VERSION, bytes, TableCommandCodec::read);
  }

  private static TableCommand read(FieldReader in) throws UnreadableException {
    var kind = in.tag();
    return switch (kind) {
      case SET_MEMBERS -> new SetMembers(in.members());
      case RENEW_LEASE ->
          new RenewLease(
              in.incarnation(), in.optional(FieldReader::number), in.number(), in.number());
      case END_LEASES -> new EndLeases(StickFields.leases(in));
      case GOVERN ->
          new Govern(in.number(), StickFields.configuration(in), StickFields.failing(in));
      case CLAIM -> new Claim(in.each(FieldReader::key));
      case HEAR ->
          new Hear(
              in.incarnation(),
              in.number(),
              in.each(FieldReader::key),
              in.each(FieldReader::key),
              in.each(FieldReader::key));
      case REMOVE -> new Ask(in.incarnation(), in.number(), new Remove(in.key()));
      case CHANGE ->
          new Ask(
              in.incarnation(),
              in.number(),
              new Change(in.integer(), in.optional(StickFields::state)));
      case REPORT ->
          new Ask(
              in.incarnation(),
              in.number(),
              new Report(in.integer(), in.optional(StickFields::report)));
      case REIGN -> new Reign(in.incarnation());
      case RULE -> new Rule(in.incarnation(), in.number(), in.integer(), StickFields.failing(in));
      default -> throw in.unreadable("found an unknown kind, " + kind);
    };
  }
}
