package dev.holdfast.operator.floatingipgroup;

import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionStatus;
import dev.holdfast.floatingip.loop.GroupStatus.ConditionType;
import dev.holdfast.floatingip.loop.GroupStatus.Placement;
import dev.holdfast.floatingip.plan.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Figures of all groups, by the resource's {@code namespace/name}. For use by any thread. */
final class GroupMetrics {

  private static final String MOVES = "holdfast_floating_ip_moves";
  private static final String RESOURCE = "resource";

  private final MeterRegistry registry;
  private final List<Figure> figures;

  /** What one gauge says of a group. */
  private record Figure(MultiGauge gauge, BiFunction<GroupStatus, Instant, Stream<Value>> values) {}

  /**
   * @param tags other than the resource
   */
  private record Value(Tags tags, double number) {}

  GroupMetrics(MeterRegistry registry) {
    this.registry = registry;
    figures =
        List.of(
            figure("ready", (status, now) -> Stream.of(value(isReady(status)))),
            figure("ips", (status, now) -> placements(status)),
            figure("plan_moves", (status, now) -> Stream.of(value(status.pendingMoves()))),
            figure("server_health", (status, now) -> healths(status)),
            figure(
                "api_calls_left",
                (status, now) ->
                    status.rateLimit().stream().map(limit -> value((double) limit.available(now)))),
            figure(
                "read_timestamp_seconds",
                (status, now) ->
                    status.readAt().stream().map(at -> value((double) at.getEpochSecond()))));
  }

  private Figure figure(String name, BiFunction<GroupStatus, Instant, Stream<Value>> values) {
    var gauge = MultiGauge.builder("holdfast_floating_ip_" + name).register(registry);
    return new Figure(gauge, values);
  }

  /** From now on its moves are counted. */
  void begin(String resource) {
    for (var result : Outcome.class.getPermittedSubclasses()) {
      registry.counter(MOVES, RESOURCE, resource, "result", word(result.getSimpleName()));
    }
  }

  void moveEnded(String resource, Outcome outcome) {
    var result = word(outcome.getClass().getSimpleName());
    registry.counter(MOVES, RESOURCE, resource, "result", result).increment();
  }

  /** The resource is gone. */
  void forget(String resource) {
    registry.find(MOVES).tag(RESOURCE, resource).counters().forEach(registry::remove);
  }

  /** Before somebody reads them. */
  synchronized void measure(Map<String, GroupStatus> groups, Instant now) {
    for (var figure : figures) {
      var rows = new ArrayList<MultiGauge.Row<?>>();
      groups.forEach((resource, status) ->
          figure
              .values()
              .apply(status, now)
              .map(value -> MultiGauge.Row.of(value.tags().and(RESOURCE, resource), value.number()))
              .forEach(rows::add));
      figure.gauge().register(rows, true);
    }
  }

  private static int isReady(GroupStatus status) {
    return status.condition(ConditionType.Ready).status() == ConditionStatus.True ? 1 : 0;
  }

  private static Stream<Value> placements(GroupStatus status) {
    return Arrays.stream(Placement.values())
        .map(placement -> {
          var ips = status.floatingIps().stream().filter(ip -> ip.state() == placement).count();
          return new Value(Tags.of("state", word(placement.name())), (double) ips);
        });
  }

  private static Stream<Value> healths(GroupStatus status) {
    return status.servers().stream()
        .flatMap(server ->
            Arrays.stream(Health.values())
                .map(health ->
                    new Value(
                        Tags.of("server", server.name(), "health", word(health.name())),
                        server.health() == health ? 1 : 0)));
  }

  private static Value value(double number) {
    return new Value(Tags.empty(), number);
  }

  /** CamelCase as labels have it. */
  private static String word(String name) {
    return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
