package dev.holdfast.dataplane.agreement.wire;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.stick.TableLease;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What commands for a table and images of it have in common. */
final class StickFields {
  private StickFields() {}

  static void configuration(FieldWriter out, StickCommand.Govern configuration) {
    out.each(
        configuration.groups(),
        group -> {
          out.number(group.id());
          out.text(group.name());
          out.name(group.wanted());
          out.number(group.weight());
        });
    out.name(configuration.balance());
    out.number(configuration.expireAfter());
    out.number(configuration.maxEntries());
  }

  static StickCommand.Govern configuration(FieldReader in) throws UnreadableException {
    return new StickCommand.Govern(
        in.each(StickFields::group),
        in.name("balance", Balance.class),
        in.integer(),
        in.smallNumber(1, Integer.MAX_VALUE));
  }

  private static GroupPolicy group(FieldReader in) throws UnreadableException {
    return new GroupPolicy(
        in.integer(), in.text(), state(in), in.smallNumber(0, Integer.MAX_VALUE));
  }

  static GroupState state(FieldReader in) throws UnreadableException {
    return in.name("state", GroupState.class);
  }

  static void report(FieldWriter out, SelfReport report) {
    out.name(report.state());
    out.number(report.until());
    out.text(report.why());
  }

  static SelfReport report(FieldReader in) throws UnreadableException {
    return new SelfReport(state(in), in.integer(), in.text());
  }

  static void failing(FieldWriter out, Map<Integer, List<FailingCheck>> byGroup) {
    out.each(
        byGroup.entrySet(),
        group -> {
          out.number(group.getKey());
          out.each(group.getValue(), check -> failing(out, check));
        });
  }

  private static void failing(FieldWriter out, FailingCheck check) {
    out.text(check.check());
    out.name(check.state());
    out.optional(check.why(), out::text);
  }

  static Map<Integer, List<FailingCheck>> failing(FieldReader in) throws UnreadableException {
    var failing = new HashMap<Integer, List<FailingCheck>>();
    for (var group :
        in.each(each -> Map.entry(each.integer(), each.each(StickFields::failingCheck)))) {
      failing.put(group.getKey(), group.getValue());
    }
    return failing;
  }

  private static FailingCheck failingCheck(FieldReader in) throws UnreadableException {
    return new FailingCheck(in.text(), state(in), in.optional(FieldReader::text));
  }

  static void leases(FieldWriter out, Map<MemberId, TableLease> leases) {
    out.each(
        leases.entrySet(),
        lease -> {
          out.member(lease.getKey());
          out.number(lease.getValue().incarnation());
          out.number(lease.getValue().serial());
          out.number(lease.getValue().cut());
          out.number(lease.getValue().number());
        });
  }

  static Map<MemberId, TableLease> leases(FieldReader in) throws UnreadableException {
    var leases = new HashMap<MemberId, TableLease>();
    for (var lease : in.each(each -> Map.entry(each.member(), lease(each)))) {
      leases.put(lease.getKey(), lease.getValue());
    }
    return leases;
  }

  private static TableLease lease(FieldReader in) throws UnreadableException {
    return new TableLease(in.number(), in.number(), in.number(), in.integer());
  }
}
