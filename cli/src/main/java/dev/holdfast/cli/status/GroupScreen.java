package dev.holdfast.cli.status;

import dev.holdfast.api.dataplane.FloatingIpGroupReport;
import dev.holdfast.api.dataplane.FloatingIpGroupReport.Condition;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.FloatingIpStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.LastApplied;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.PlanStatus;
import dev.holdfast.api.v1alpha1.FloatingIpGroupStatus.ServerStatus;
import dev.holdfast.cli.console.Plural;
import dev.holdfast.cli.console.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Shows one FloatingIpGroup. */
final class GroupScreen {
  private GroupScreen() {}

  static List<String> lines(FloatingIpGroupReport report, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(report.kind() + " " + report.namespace() + "/" + report.name());
    lines.add(
        "  in place     %d of %s"
            .formatted(report.inPlace(), Plural.of(report.ips(), "floating IP")));
    var plan = report.plan();
    if (plan != null) {
      lines.add("  plan         " + plan(plan, report.pendingMoves(), now));
    }
    var applied = report.lastApplied();
    if (applied != null) {
      lines.add("  last change  " + applied(applied, now));
    }
    var limit = report.rateLimit();
    if (limit != null) {
      lines.add("  calls left   %d of %d an hour".formatted(limit.remaining(), limit.limit()));
    }
    report.conditions().stream()
        .filter(condition -> !condition.status().equals("True"))
        .map(GroupScreen::trouble)
        .forEach(lines::add);
    lines.add("");
    lines.addAll(servers(report.servers()));
    lines.add("");
    lines.addAll(floatingIps(report.floatingIps()));
    return lines;
  }

  private static String plan(PlanStatus plan, int pending, Instant now) {
    return "%s, %s to go, made %s ago"
        .formatted(
            plan.id(), Plural.of(pending, "move"), Age.of(Instant.parse(plan.computedAt()), now));
  }

  private static String applied(LastApplied applied, Instant now) {
    return "%s, %d failed, %s ago"
        .formatted(
            Plural.of(applied.moved(), "move"),
            applied.failed(),
            Age.of(Instant.parse(applied.at()), now));
  }

  private static String trouble(Condition condition) {
    var message = condition.message();
    return "  %-12s %s%s"
        .formatted(
            condition.status().equals("False") ? "not" : "unknown",
            condition.type() + " (" + condition.reason() + ")",
            message.isEmpty() ? "" : ": " + message);
  }

  private static List<String> servers(List<ServerStatus> servers) {
    var table = new TextTable("  SERVER", "LOCATION", "HEALTH", "");
    for (var server : servers) {
      table.row("  " + server.name(), server.location(), server.health(), failing(server));
    }
    return table.lines();
  }

  private static String failing(ServerStatus server) {
    return server.checks().stream()
        .filter(check -> check.health().equals("Unhealthy"))
        .map(check -> check.name() + " over " + check.ip() + " fails")
        .collect(Collectors.joining(", "));
  }

  private static List<String> floatingIps(List<FloatingIpStatus> ips) {
    var table = new TextTable("  FLOATING IP", "ADDRESS", "SERVER", "WANTED", "STATE", "");
    for (var ip : ips) {
      table.row(
          "  " + ip.name(),
          ip.ip(),
          Objects.requireNonNullElse(ip.server(), "-"),
          Objects.requireNonNullElse(ip.wanted(), "-"),
          ip.state(),
          ip.state().equals(ip.reason()) ? "" : Objects.requireNonNullElse(ip.reason(), ""));
    }
    return table.lines();
  }
}
