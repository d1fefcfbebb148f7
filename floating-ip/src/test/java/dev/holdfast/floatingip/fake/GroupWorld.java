package dev.holdfast.floatingip.fake;

import dev.holdfast.floatingip.hetzner.ApiException;
import dev.holdfast.floatingip.hetzner.ApiSettings;
import dev.holdfast.floatingip.hetzner.ApiToken;
import dev.holdfast.floatingip.hetzner.HetznerClient;
import dev.holdfast.floatingip.hetzner.VirtualPacer;
import dev.holdfast.floatingip.hetzner.assign.Assignment;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEffect;
import dev.holdfast.floatingip.hetzner.assign.AssignmentEvent;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Step;
import dev.holdfast.floatingip.hetzner.model.CloudSnapshot;
import dev.holdfast.floatingip.hetzner.model.Server;
import dev.holdfast.floatingip.loop.GroupEffect;
import dev.holdfast.floatingip.loop.GroupEvent;
import dev.holdfast.floatingip.loop.GroupMachine;
import dev.holdfast.floatingip.loop.GroupPolicy;
import dev.holdfast.floatingip.loop.GroupState;
import dev.holdfast.floatingip.loop.GroupStatus;
import dev.holdfast.health.BackendHealth;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.Health;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * A group, its checks, its moves and its cloud in virtual time: one event after the other, each
 * call to the cloud as one event whose answer comes later.
 */
final class GroupWorld {
  static final String TOKEN = "writer-token";
  private static final AssignmentPolicy MOVES = AssignmentPolicy.defaults();

  private record Due(Instant at, long order, Runnable task) {}

  /** What tests want to look at, when it happens. */
  interface Witness {
    void begins(Move move, GroupStatus status);

    void writes(Move move);
  }

  final Random random;
  final VirtualPacer pacer = new VirtualPacer();
  final FakeCloud cloud;
  final Map<Long, Boolean> up = new HashMap<>();
  final Map<Long, Health> told = new HashMap<>();
  final Set<Long> movedSinceRead = new HashSet<>();
  Instant now = pacer.now();
  Instant healthChangedAt = now;
  Instant newestRead = Instant.MIN;
  boolean leads;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private final HetznerClient client;
  private final GroupPolicy policy;
  private final Witness witness;
  private final Set<Long> revoked = new HashSet<>();
  private final Set<Long> moving = new HashSet<>();
  private GroupState state;
  private long order;
  private long wakes;

  GroupWorld(long seed, GroupPolicy policy, Witness witness) {
    this.random = new Random(seed);
    this.policy = policy;
    this.witness = witness;
    var token = new ProjectToken("w", TOKEN, ProjectToken.Scope.ReadWrite);
    cloud = new FakeCloud(Seed.sample(token, FakeSettings.defaults()), pacer::now);
    var settings = ApiSettings.of(URI.create("http://fake/v1"), new ApiToken(TOKEN));
    client =
        new HetznerClient(settings, new VirtualTransport(cloud, pacer, _ -> {}), pacer, random);
    state = GroupState.initial(now);
    List.of(41L, 42L, 43L).forEach(id -> up.put(id, true));
  }

  GroupStatus status() {
    return GroupStatus.of(state, policy, now);
  }

  void after(Duration time, Runnable task) {
    queue.add(new Due(now.plus(time), order++, task));
  }

  /** Runs everything that is due by then. */
  void runUntil(Instant end) {
    while (!queue.isEmpty() && !queue.peek().at().isAfter(end)) {
      var due = queue.remove();
      now = due.at();
      due.task().run();
    }
    now = end;
  }

  void lead(boolean newLeads) {
    leads = newLeads;
    hear(new GroupEvent.LeadershipChanged(newLeads));
  }

  /** What checks see of it, they tell a little later. */
  void turn(long server, boolean newUp) {
    up.put(server, newUp);
    cloud.change("demo", new ServerChange(server, newUp ? "running" : "off", newUp, null));
    after(millis(500, 4000), () -> tellHealth(server));
  }

  /** Somebody else moves an IP, so that what a move read of it may be out of date. */
  void moveFromOutside(long ip, long server) {
    cloud.move("demo", ip, server);
    movedSinceRead.add(ip);
  }

  Duration millis(int from, int to) {
    return Duration.ofMillis(from + random.nextInt(to - from));
  }

  private void hear(GroupEvent event) {
    var step = GroupMachine.step(state, event, policy, now);
    state = step.state();
    step.effects().forEach(this::carryOut);
    var wake = ++wakes;
    var at = state.wakeAt();
    if (at != null) {
      var wait = at.isBefore(now) ? Duration.ZERO : Duration.between(now, at);
      after(
          wait,
          () -> {
            if (wake == wakes) {
              hear(new GroupEvent.Tick());
            }
          });
    }
  }

  private void carryOut(GroupEffect effect) {
    switch (effect) {
      case GroupEffect.ReadCloud(var poll, var timeout) -> read(poll, timeout);
      case GroupEffect.FollowServers(var servers, var anew) ->
          servers.stream().map(Server::id).filter(anew::contains).forEach(this::check);
      case GroupEffect.BeginMove(var move) -> begin(move);
      case GroupEffect.RevokeMove(var ip) -> revoked.add(ip);
      case GroupEffect.Tell _ -> {}
    }
  }

  private void check(long server) {
    after(Duration.ZERO, () -> tell(server, Health.Unknown));
    after(millis(200, 3000), () -> tellHealth(server));
  }

  private void tellHealth(long server) {
    tell(server, up.getOrDefault(server, false) ? Health.Healthy : Health.Unhealthy);
  }

  private void tell(long server, Health health) {
    if (told.put(server, health) != health) {
      healthChangedAt = now;
    }
    var check = new CheckState(health, 0, 0, health == Health.Unhealthy ? "no" : null, null);
    hear(new GroupEvent.HealthObserved(server, new BackendHealth(Map.of("web__ipv4", check))));
  }

  private interface Call<T> {
    T make() throws ApiException, InterruptedException;
  }

  /** The call is made now; how long it took is told by the clock that only calls move. */
  private <T> T timed(Call<T> call, Function<ApiException, T> failed) {
    if (pacer.now().isBefore(now)) {
      pacer.pause(Duration.between(pacer.now(), now));
    }
    try {
      return call.make();
    } catch (ApiException e) {
      return failed.apply(e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }

  private Duration latency() {
    var passed = Duration.between(now, pacer.now());
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  private void read(long poll, Duration timeout) {
    var readAt = now;
    var event =
        timed(
            () -> {
              var servers = client.servers("environment=demo", timeout);
              var ips = client.floatingIps("environment=demo", timeout);
              var snapshot = new CloudSnapshot(servers, ips, readAt);
              return new GroupEvent.PollSucceeded(poll, snapshot, client.rateLimit().orElse(null));
            },
            e -> new GroupEvent.PollFailed(poll, e.failure(), client.rateLimit().orElse(null)));
    after(
        latency(),
        () -> {
          if (event instanceof GroupEvent.PollSucceeded) {
            newestRead = readAt;
          }
          hear(event);
        });
  }

  private void begin(Move move) {
    if (!moving.add(move.floatingIp())) {
      throw new AssertionError("two moves of one IP: " + move);
    }
    revoked.remove(move.floatingIp());
    witness.begins(move, status());
    go(move, Assignment.begin(move, MOVES, now));
  }

  private void go(Move move, Step step) {
    switch (step) {
      case Step.Next next ->
          after(
              next.pause(),
              () -> {
                var event = timed(() -> carryOut(next.effect(), move), this::failed);
                after(latency(), () -> go(move, Assignment.on(next.state(), event, now)));
              });
      case Step.End(var outcome) -> {
        moving.remove(move.floatingIp());
        hear(new GroupEvent.MoveEnded(move, outcome, client.rateLimit().orElse(null)));
      }
    }
  }

  private AssignmentEvent failed(ApiException e) {
    return new AssignmentEvent.CallFailed(e.failure());
  }

  private AssignmentEvent carryOut(AssignmentEffect effect, Move move)
      throws ApiException, InterruptedException {
    var timeout = Duration.ofSeconds(5);
    return switch (effect) {
      case AssignmentEffect.ReadIp() -> {
        var read = client.floatingIp(move.floatingIp(), timeout);
        movedSinceRead.remove(move.floatingIp());
        yield new AssignmentEvent.IpRead(read);
      }
      case AssignmentEffect.Assign() -> write(move);
      case AssignmentEffect.Unassign() -> throw new AssertionError("an unassignment in a failover");
      case AssignmentEffect.ReadAction(var id) ->
          new AssignmentEvent.ActionRead(
              client.actions(List.of(id), timeout).stream().findFirst().orElse(null));
      case AssignmentEffect.ReadRunningAction() ->
          new AssignmentEvent.RunningActionRead(
              client.runningAction(move.floatingIp(), timeout).orElse(null));
      case AssignmentEffect.Probe _ ->
          new AssignmentEvent.Probed(cloud.reachable("demo", move.floatingIp()));
    };
  }

  private AssignmentEvent write(Move move) throws ApiException, InterruptedException {
    if (!leads || revoked.contains(move.floatingIp())) {
      return new AssignmentEvent.NotAllowed();
    }
    witness.writes(move);
    return new AssignmentEvent.Accepted(client.assign(move.floatingIp(), move.to()));
  }
}
