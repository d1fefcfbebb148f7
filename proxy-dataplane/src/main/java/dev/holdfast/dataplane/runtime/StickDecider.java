package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.relay.Admission;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.Target;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.MachineImage;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.StickMachine;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Decides, in this process alone, where keys belong: takes clients' questions, activity, time and
 * changes to the machine, and what it says to the router and the relay. Confined to the decision
 * loop, but for what says otherwise.
 */
final class StickDecider {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration CUT_AGAIN = Duration.ofSeconds(1);
  private static final int BATCH = 1_000;
  private static final int LOOKS = 10_000;

  /** This process; there is no other. */
  private static final int HOLDER = 0;

  /** Hears on the decision loop what has become of groups. */
  interface Listener {
    void groupsChanged();
  }

  private final DecisionLoop loop;
  private final RelayServer relay;
  private final StickMetrics metrics;
  private final StickLog log;
  private final Listener listener;
  private final StickMachine machine;
  private final LiveKeys live = new LiveKeys();
  private final KeyRouter router;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Instant startedAt;
  private final int startedAs;
  private BalancerConfig config;
  private boolean settled;
  private boolean routing;
  private boolean closed;
  private long changes;

  /**
   * @param image where a process before this one was; null to begin with an empty table
   */
  StickDecider(
      Surroundings around,
      RelayServer relay,
      BalancerConfig config,
      @Nullable MachineImage image,
      StickMetrics metrics,
      StickLog log,
      Listener listener) {
    this.relay = relay;
    this.config = config;
    this.metrics = metrics;
    this.log = log;
    this.listener = listener;
    loop = around.decisions();
    startedAt = loop.now();
    var secret = around.random().nextLong();
    machine =
        image == null
            ? new StickMachine(config.stickiness().maxEntries(), secret)
            : new StickMachine(image, secret);
    startedAs = machine.now();
    router = new KeyRouter(machine.table(), live, view(), this::askedFor, metrics::refused);
  }

  /** Whoever had connections before this process has none any more. */
  void start() {
    machine.apply(new StickCommand.Forget(HOLDER));
    machine.apply(new StickCommand.Refresh());
    configure(config);
    tick();
  }

  void configure(BalancerConfig next) {
    config = next;
    var policies = next.groups().stream().map(BalancedGroup::policy).toList();
    apply(StickCommand.Govern.of(policies, next.balance(), next.stickiness()));
    show();
  }

  /** From now on clients are admitted; whether any group takes them is another question. */
  void settle() {
    if (!settled) {
      settled = true;
      show();
    }
  }

  boolean isSettled() {
    return settled;
  }

  /** Whether the ports are closed for want of a group. */
  boolean isShut() {
    return !routing;
  }

  /** Whether a new key would find a group. */
  boolean takesNewKeys() {
    return view().takesNewKeys();
  }

  StickMachine machine() {
    return machine;
  }

  /** Grows with each change that is worth writing down. */
  long changes() {
    return changes;
  }

  Instant instant(int seconds) {
    return startedAt.plusSeconds((long) seconds - startedAs);
  }

  private int seconds() {
    return startedAs + (int) Duration.between(startedAt, loop.now()).toSeconds();
  }

  List<StickEvent> apply(StickCommand command) {
    var events = machine.apply(command);
    if (events.isEmpty()) {
      return events;
    }
    var groups = events.stream().anyMatch(StickEvent.GroupChanged.class::isInstance);
    if (groups) {
      show();
    }
    var revoked = 0;
    for (var event : events) {
      revoked += carryOut(event);
    }
    if (revoked > 0) {
      sever(revoked);
    }
    if (groups) {
      listener.groupsChanged();
    }
    return events;
  }

  /** How many claims are revoked by it. */
  private int carryOut(StickEvent event) {
    metrics.happened(event);
    log.happened(event);
    return switch (event) {
      case StickEvent.Given _ -> {
        changes++;
        yield 0;
      }
      case StickEvent.Moved(var key, var from, var to) -> {
        changes++;
        yield live.revoke(key, from) ? 1 : 0;
      }
      case StickEvent.Gone(var key, var group, var end) -> {
        changes++;
        yield live.revoke(key, group) ? 1 : 0;
      }
      case StickEvent.Refused _ -> 0;
      case StickEvent.GroupChanged(var before, var now) -> {
        changes++;
        yield now.effective() == GroupState.Disabled ? live.revokeAll(now.id()) : 0;
      }
    };
  }

  private void sever(int claims) {
    log.severing(claims);
    relay.severRevoked().whenCompleteAsync((done, failure) -> severed(claims, failure), loop);
  }

  private void severed(int claims, @Nullable Throwable failure) {
    if (failure != null && !closed) {
      log.notSevered(failure);
      loop.after(CUT_AGAIN, () -> sever(claims));
    } else {
      hearActivity();
      router.wereCut();
    }
  }

  /** Any thread. */
  private void askedFor() {
    if (asked.compareAndSet(false, true)) {
      loop.execute(this::answer);
    }
  }

  private void answer() {
    asked.set(false);
    advance();
    var requests = new ArrayList<KeyRouter.Request>();
    for (var next = router.poll(); next != null; next = router.poll()) {
      requests.add(next);
      if (requests.size() == BATCH) {
        break;
      }
    }
    var keys = requests.stream().map(KeyRouter.Request::key).distinct().toList();
    var full = new HashSet<StickKey>();
    for (var event : apply(new StickCommand.Claim(keys))) {
      if (event instanceof StickEvent.Refused(var key, var refusal)
          && refusal == StickEvent.Refusal.Full) {
        full.add(key);
      }
    }
    requests.forEach(request -> router.answer(request, full.contains(request.key())));
    if (router.hasRequests()) {
      askedFor();
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    advance();
    hearActivity();
    router.wereCut();
    metrics.show(machine);
    loop.after(TICK, this::tick);
  }

  private void advance() {
    var now = seconds();
    if (now > machine.now()) {
      advanceTo(now);
    }
  }

  private void advanceTo(int now) {
    var events = apply(new StickCommand.Advance(now));
    if (events.size() >= StickMachine.MOST_AT_A_TIME) {
      loop.execute(() -> advanceTo(now));
    }
  }

  private void hearActivity() {
    var activity = live.drain(HOLDER, loop.now(), config.connectTimeout(), LOOKS);
    if (activity != null) {
      apply(activity);
    }
    if (live.hasNews()) {
      loop.execute(this::hearActivity);
    }
  }

  /** Lets the router and the relay do by groups and configuration as they are. */
  private void show() {
    var view = view();
    router.follow(view);
    var shut =
        switch (view.whileNoGroup()) {
          case Hold -> false;
          case Close -> !settled;
          case Refuse -> !settled || !view.servesAnybody();
        };
    if (shut == routing) {
      routing = !shut;
      relay.admit(shut ? new Admission.Refuse() : new Admission.Routed(router));
    }
  }

  private BalancerView view() {
    var seats = new HashMap<Integer, BalancerView.Seat>();
    for (var group : config.groups()) {
      var standing = machine.group(group.policy().id());
      if (standing != null) {
        seats.put(
            standing.id(),
            new BalancerView.Seat(standing.effective(), group.policy().weight(), targets(group)));
      }
    }
    return new BalancerView(config.stickiness(), seats, config.whileNoGroup());
  }

  private Map<Integer, Target> targets(BalancedGroup group) {
    var targets = new HashMap<Integer, Target>();
    group
        .byListenPort()
        .forEach((port, to) ->
            targets.put(
                port,
                new Target(
                    group.policy().name(), to.host(), to.port(), 0, config.connectTimeout())));
    return targets;
  }

  void close() {
    closed = true;
    hearActivity();
  }
}
