package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.runtime.check.CheckMetrics;
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.table.GroupTally;
import dev.holdfast.dataplane.sticky.table.StickTable;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what becomes of keys and shows how many there are. Safe for use by many threads. */
final class StickMetrics {
  private static final String PREFIX = "holdfast_stick_";

  /** What the table held a moment ago. */
  record Figures(int entries, Collection<GroupStanding> groups, Map<Integer, GroupTally> tallies) {
    GroupTally of(int group) {
      return tallies.getOrDefault(group, new GroupTally(0, 0, 0));
    }

    long held() {
      return tallies.values().stream().mapToLong(GroupTally::held).sum();
    }
  }

  private final String resource;
  private final CheckMetrics checks;
  private final Map<StickEvent.End, LongAdder> ended = new EnumMap<>(StickEvent.End.class);
  private final LongAdder given = new LongAdder();
  private final LongAdder moved = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile Figures figures = new Figures(0, List.of(), Map.of());

  StickMetrics(String resource) {
    this.resource = resource;
    checks = new CheckMetrics(PREFIX, resource);
    for (var end : StickEvent.End.values()) {
      ended.put(end, new LongAdder());
    }
  }

  CheckMetrics checks() {
    return checks;
  }

  void happened(StickEvent event) {
    switch (event) {
      case StickEvent.Given _ -> given.increment();
      case StickEvent.Moved _ -> moved.increment();
      case StickEvent.Gone(var key, var group, var end) -> count(end).increment();
      case StickEvent.Refused _, StickEvent.GroupChanged _, StickEvent.GroupGone _ -> {}
    }
  }

  private LongAdder count(StickEvent.End end) {
    return ended.computeIfAbsent(end, _ -> new LongAdder());
  }

  /** A client was turned away for want of room. */
  void refused() {
    refused.increment();
  }

  long expired() {
    return count(StickEvent.End.Expired).sum();
  }

  long evicted() {
    return count(StickEvent.End.Evicted).sum();
  }

  long refusedClients() {
    return refused.sum();
  }

  /** Called where the table may be asked. */
  void show(StickTable table, Collection<GroupStanding> groups) {
    figures =
        new Figures(
            table.size(),
            groups,
            groups.stream()
                .collect(Collectors.toMap(GroupStanding::id, group -> table.tally(group.id()))));
  }

  Figures figures() {
    return figures;
  }

  void collect(MetricSink sink) {
    var now = figures;
    sink.gauge(PREFIX + "entries", "Keys in the table.", labels(), now.entries());
    sink.counter(
        PREFIX + "keys_given_total", "New keys that were given a group.", labels(), sum(given));
    sink.counter(
        PREFIX + "keys_moved_total", "Keys that moved to another group.", labels(), sum(moved));
    sink.counter(
        PREFIX + "clients_refused_total",
        "Clients for whose key the table had no room.",
        labels(),
        sum(refused));
    ended.forEach((end, count) ->
        sink.counter(
            PREFIX + "keys_gone_total",
            "Keys that were taken out of the table, by reason.",
            labels("reason", end.name()),
            sum(count)));
    now.groups().forEach(group -> collect(group, now.of(group.id()), sink));
    checks.collect(sink);
  }

  private void collect(GroupStanding group, GroupTally tally, MetricSink sink) {
    var name = group.policy().name();
    sink.gauge(PREFIX + "group_keys", "Keys of the group.", labels("group", name), tally.keys());
    sink.gauge(
        PREFIX + "group_keys_held",
        "Keys of the group that have connections.",
        labels("group", name),
        tally.held());
    for (var state : GroupState.values()) {
      sink.gauge(
          PREFIX + "group_state",
          "1 for the state that the group has.",
          labels("group", name, "state", state.name()),
          group.effective() == state ? 1 : 0);
    }
  }

  private static double sum(LongAdder count) {
    return (double) count.sum();
  }

  private Map<String, String> labels(String... namesAndValues) {
    var labels = new TreeMap<>(Map.of("resource", resource));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return labels;
  }
}
