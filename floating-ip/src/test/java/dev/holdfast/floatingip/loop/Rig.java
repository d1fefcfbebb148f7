package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.hetzner.model.ApiFailure;
import dev.holdfast.floatingip.hetzner.model.CallBudget;
import dev.holdfast.floatingip.hetzner.model.CloudSnapshot;
import dev.holdfast.floatingip.hetzner.model.FloatingIp;
import dev.holdfast.floatingip.hetzner.model.Location;
import dev.holdfast.floatingip.hetzner.model.RateLimit;
import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Rebalance;
import dev.holdfast.floatingip.plan.Strategy;
import dev.holdfast.floatingip.plan.WhenAllUnhealthy;
import dev.holdfast.health.BackendHealth;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A machine with a clock, and a cloud of servers and IPs that tests change. */
final class Rig {
  static final Duration INTERVAL = Duration.ofSeconds(60);
  static final Location FSN = new Location(1, "fsn1", "eu-central");

  final Map<Long, Server> servers = new HashMap<>();
  final Map<Long, FloatingIp> ips = new HashMap<>();
  final List<GroupEffect> all = new ArrayList<>();
  List<GroupEffect> effects = List.of();
  GroupPolicy policy = policy(ApplyPolicy.Mode.Apply, null);
  @Nullable RateLimit rateLimit;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  GroupState state = GroupState.initial(now);

  /** Servers 41, 42 ... with one IP each: 1 at 41, 2 at 42 ... */
  static Rig of(int count) {
    var rig = new Rig();
    for (int i = 1; i <= count; i++) {
      rig.servers.put(40L + i, server(40 + i, "lb-" + i));
      rig.ips.put((long) i, ip(i, 40L + i));
    }
    return rig;
  }

  /** Leads, has read the cloud, and every server is healthy. */
  static Rig converged(int count) {
    var rig = of(count);
    rig.on(new GroupEvent.LeadershipChanged(true));
    rig.answerPoll();
    List.copyOf(rig.servers.keySet()).forEach(id -> rig.health(id, Health.Healthy));
    return rig;
  }

  static GroupPolicy policy(ApplyPolicy.Mode mode, @Nullable String approved) {
    return new GroupPolicy(
        new CallBudget(60, INTERVAL),
        Duration.ofSeconds(20),
        new PlannerPolicy(Strategy.MinimalMoves, WhenAllUnhealthy.Keep, false),
        new Rebalance.AfterStable(Duration.ofMinutes(5)),
        new ApplyPolicy(mode, false, 0, approved),
        4);
  }

  static Server server(long id, String name) {
    return new Server(id, name, FSN, "192.0.2." + id, null, Map.of());
  }

  static FloatingIp ip(long id, @Nullable Long server) {
    return new FloatingIp(id, "ip-" + id, "198.51.100." + id, FSN, server, Map.of());
  }

  void on(GroupEvent event) {
    var step = GroupMachine.step(state, event, policy, now);
    state = step.state();
    effects = step.effects();
    all.addAll(effects);
  }

  void pass(Duration time) {
    now = now.plus(time);
    on(new GroupEvent.Tick());
  }

  CloudSnapshot snapshot(Instant readAt) {
    return new CloudSnapshot(List.copyOf(servers.values()), List.copyOf(ips.values()), readAt);
  }

  /** Answers the poll that is under way, with the cloud as it is now. */
  void answerPoll() {
    on(new GroupEvent.PollSucceeded(poll(), snapshot(now), rateLimit));
  }

  void failPoll(ApiFailure failure) {
    on(new GroupEvent.PollFailed(poll(), failure, rateLimit));
  }

  /** The number of the newest poll. */
  long poll() {
    return told(all, GroupEffect.ReadCloud.class).reduce((a, b) -> b).orElseThrow().poll();
  }

  void health(long server, Health health) {
    health(server, Map.of("web__ipv4", health));
  }

  void health(long server, Map<String, Health> checks) {
    var states = new HashMap<String, CheckState>();
    checks.forEach((name, health) ->
        states.put(
            name,
            new CheckState(
                health, 0, 0, health == Health.Unhealthy ? "connect refused" : null, null)));
    on(new GroupEvent.HealthObserved(server, new BackendHealth(states)));
  }

  void end(Move move, Outcome outcome) {
    if (outcome instanceof Outcome.Moved) {
      ips.computeIfPresent(move.floatingIp(), (_, ip) -> ip.at(move.to()));
    }
    on(new GroupEvent.MoveEnded(move, outcome, rateLimit));
  }

  static <T> Stream<T> told(List<GroupEffect> effects, Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast);
  }

  /** Begun by the newest event. */
  List<Move> begun() {
    return told(effects, GroupEffect.BeginMove.class).map(GroupEffect.BeginMove::move).toList();
  }

  boolean polls() {
    return told(effects, GroupEffect.ReadCloud.class).findAny().isPresent();
  }

  /** All so far. */
  <T> List<T> notices(Class<T> type) {
    return told(all, GroupEffect.Tell.class)
        .map(GroupEffect.Tell::notice)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  GroupStatus status() {
    return GroupStatus.of(state, policy, now);
  }
}
