package dev.holdfast.floatingip.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Servers and floating IPs for tests, written in one line each. Zone: all but "ash" in one. */
final class Group {
  private final List<Server> servers = new ArrayList<>();
  private final List<FloatingIp> ips = new ArrayList<>();

  static final PlannerPolicy MINIMAL =
      new PlannerPolicy(Strategy.MinimalMoves, WhenAllUnhealthy.Keep, false);
  static final PlannerPolicy CANONICAL =
      new PlannerPolicy(Strategy.Canonical, WhenAllUnhealthy.Spread, true);

  Group server(long id, String location, Health health) {
    return server(id, location, -1, health);
  }

  Group server(long id, String location, int index, Health health) {
    servers.add(new Server(id, "server-" + id, location, zone(location), index(index), health));
    return this;
  }

  /** Floating IPs 100, 101, ... of one location without index, by where they point; 0: nowhere. */
  Group ips(String location, long... at) {
    Arrays.stream(at).forEach(server -> ip(location, -1, server));
    return this;
  }

  Group ip(String location, int index, long at) {
    var id = 100L + ips.size();
    ips.add(
        new FloatingIp(
            id,
            "ip-" + id,
            location,
            zone(location),
            index(index),
            at == 0 ? OptionalLong.empty() : OptionalLong.of(at)));
    return this;
  }

  Observed observed() {
    return new Observed(servers, ips);
  }

  Plan plan(PlannerPolicy policy) {
    return Planner.plan(observed(), policy);
  }

  /** The steps as "100: 1 -> 2 Spread". */
  static List<String> steps(Plan plan) {
    return plan.steps().stream().map(Group::text).toList();
  }

  /** The untouched as "100: InPlace". */
  static List<String> untouched(Plan plan) {
    return plan.untouched().stream()
        .map(kept -> kept.floatingIp().id() + ": " + kept.reason().name())
        .toList();
  }

  /** What is observed when the plan has been carried out. */
  static Observed after(Observed before, Plan plan) {
    var moved = new ArrayList<>(before.floatingIps());
    for (var step : plan.steps()) {
      moved.replaceAll(ip -> ip.id() == step.floatingIp().id() ? pointing(ip, step.to().id()) : ip);
    }
    return new Observed(before.servers(), moved);
  }

  static FloatingIp pointing(FloatingIp ip, long server) {
    return new FloatingIp(
        ip.id(), ip.name(), ip.location(), ip.networkZone(), ip.index(), OptionalLong.of(server));
  }

  /** The same with one server's health changed. */
  static Observed with(Observed before, Server changed, Health health) {
    var servers = new ArrayList<>(before.servers());
    servers.removeIf(server -> server.id() == changed.id());
    servers.add(
        new Server(
            changed.id(),
            changed.name(),
            changed.location(),
            changed.networkZone(),
            changed.index(),
            health));
    return new Observed(servers, before.floatingIps());
  }

  static String zone(String location) {
    return location.equals("ash") ? "us-east" : "eu-central";
  }

  static OptionalInt index(int index) {
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private static String text(Step step) {
    var from = step.from().isPresent() ? step.from().getAsLong() + " " : "";
    return step.floatingIp().id() + ": " + from + "-> " + step.to().id() + " " + step.reason();
  }
}
