package dev.holdfast.cli.status;

import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Check;
import dev.holdfast.api.dataplane.StickyBalancerReport.Group;
import dev.holdfast.cli.console.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows one StickyBalancer. */
final class BalancerScreen {
  private BalancerScreen() {}

  static List<String> lines(StickyBalancerReport report, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(report.kind() + " " + report.namespace() + "/" + report.name());
    report.listeners().stream().map(BalancerScreen::listener).forEach(lines::add);
    lines.add(
        "  groups       %d of %d take new keys"
            .formatted(
                report.groups().stream().filter(BalancerScreen::takesNewKeys).count(),
                report.groups().size()));
    lines.add("  entries      " + entries(report));
    lines.add("  connections  " + ConnectionsText.of(report.connections()));
    lines.addAll(RefusedText.lines(report.refused()));
    lines.add("");
    lines.addAll(groups(report.groups(), now));
    return lines;
  }

  private static boolean takesNewKeys(Group group) {
    return group.effective().equals("Active");
  }

  private static String listener(Listener listener) {
    return "  listener     "
        + switch (listener.state()) {
          case Open -> ListenerText.place(listener);
          case Closed -> ListenerText.place(listener) + " closed: no group serves anybody";
          case Failed -> ListenerText.failed(listener);
        };
  }

  private static String entries(StickyBalancerReport report) {
    var entries = report.entries();
    return "%d of %d, %d held; %d expired, %d evicted, %d refused"
        .formatted(
            entries.count(),
            entries.max(),
            entries.held(),
            entries.expired(),
            entries.evicted(),
            entries.refused());
  }

  private static List<String> groups(List<Group> groups, Instant now) {
    var table = new TextTable("  GROUP", "ID", "STATE", "CAUSE", "KEYS", "OPEN", "SINCE", "");
    for (var group : groups) {
      table.row(
          "  " + group.name(),
          Integer.toString(group.id()),
          group.effective(),
          group.cause(),
          Long.toString(group.keys()),
          Long.toString(group.connections()),
          Age.of(group.since(), now),
          remarks(group, now));
    }
    return table.lines();
  }

  private static String remarks(Group group, Instant now) {
    return Stream.concat(
            lastKey(group, now),
            group.checks().stream()
                .filter(check -> check.health() == Health.Unhealthy)
                .map(BalancerScreen::failing))
        .collect(Collectors.joining("; "));
  }

  /** Of interest to who waits for a group to be empty. */
  private static Stream<String> lastKey(Group group, Instant now) {
    var end = group.lastKeyEnds();
    return takesNewKeys(group) || end == null
        ? Stream.of()
        : Stream.of("last key ends in " + Age.of(now, end));
  }

  private static String failing(Check check) {
    return "%s fails: %s".formatted(check.name(), Objects.requireNonNullElse(check.reason(), ""));
  }
}
