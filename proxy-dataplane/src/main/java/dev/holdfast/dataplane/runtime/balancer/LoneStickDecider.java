package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.relay.Lease;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.runtime.resource.Surroundings;
import dev.holdfast.dataplane.sticky.MachineImage;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.StickMachine;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.StickTable;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides, in this process alone, where keys belong: takes clients' questions, activity, time and
 * changes to the machine, and what it says to the router and the relay. Confined to the decision
 * loop, but for what says otherwise.
 */
final class LoneStickDecider implements StickDecider {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final int BATCH = 1_000;
  private static final int LOOKS = 10_000;

  /** This process; there is no other. */
  private static final int HOLDER = 0;

  private final DecisionLoop loop;
  private final TableKeeper keeper;
  private final StickMetrics metrics;
  private final StickLog log;
  private final GroupChecks checks;
  private final Runnable publish;
  private final StickMachine machine;
  private final LiveKeys live = new LiveKeys();
  private final KeyRouter router;
  private final BalancerGate gate;
  private final KeyCutter cutter;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final StickStanding.Clock started;
  private BalancerConfig config;
  private boolean closed;
  private long changes;

  /**
   * Blocks while the table of a process before this one is read.
   *
   * @param publish called when there is something new to tell
   */
  LoneStickDecider(
      Surroundings around,
      RelayServer relay,
      BalancerConfig config,
      GroupChecks checks,
      StickMetrics metrics,
      Runnable publish) {
    this.config = config;
    this.checks = checks;
    this.metrics = metrics;
    this.publish = publish;
    log = new StickLog(config.key().toString());
    loop = around.decisions();
    keeper = new TableKeeper(around.tables(), config.key(), config.version().uid());
    machine = machine(keeper.read(), config, around.random().nextLong());
    started = new StickStanding.Clock(machine.now(), loop.now());
    router =
        new KeyRouter(
            machine.table(),
            live,
            BalancerView.of(config, machine.groups()),
            Lease.forever(),
            this::askedFor,
            metrics::refused);
    gate = new BalancerGate(relay, router, config, machine.groups());
    cutter = new KeyCutter(loop, relay, log);
  }

  /**
   * @param image where a process before this one was; null to begin with an empty table
   */
  private static StickMachine machine(
      @Nullable MachineImage image, BalancerConfig config, long secret) {
    return image == null
        ? new StickMachine(config.stickiness().maxEntries(), secret)
        : new StickMachine(image, secret);
  }

  /** Whoever had connections before this process has none any more. */
  @Override
  public void start() {
    machine.apply(new StickCommand.Forget(HOLDER));
    machine.apply(new StickCommand.Refresh());
    follow(config, List.of());
    tick();
    keeper.start(loop, this);
  }

  @Override
  public void configure(BalancerConfig next) {
    follow(next, config.groups());
  }

  /**
   * @param proven groups whose servers were judged before
   */
  private void follow(BalancerConfig next, List<BalancedGroup> proven) {
    config = next;
    var policies = next.groups().stream().map(BalancedGroup::policy).toList();
    var events = machine.apply(StickCommand.Govern.of(policies, next.balance(), next.stickiness()));
    gate.configure(next, machine.groups());
    happened(events);
    judge(group -> proven.stream().anyMatch(group::sharesServersWith));
  }

  @Override
  public void judged() {
    judge(_ -> true);
  }

  /**
   * @param proven whether what was found out of a group before holds for it still
   */
  private void judge(Predicate<BalancedGroup> proven) {
    for (var group : config.groups()) {
      var id = group.policy().id();
      var standing = machine.group(id);
      var before =
          standing != null && proven.test(group) ? standing.failing() : GroupChecks.unproven(group);
      apply(new StickCommand.Judge(id, checks.failing(group, before)));
    }
    if (checks.settled() || gate.takesNewKeys()) {
      gate.settle();
    }
  }

  @Override
  public boolean isSettled() {
    return gate.isSettled();
  }

  @Override
  public boolean isShut() {
    return gate.isShut();
  }

  @Override
  public StickStanding standing() {
    return new StickStanding(machine.groups(), machine.expireAfter(), started);
  }

  @Override
  public <T> T read(Function<StickTable, T> question) {
    return question.apply(machine.table());
  }

  @Override
  public CompletionStage<Boolean> wish(StickCommand.Wish wish) {
    return CompletableFuture.completedStage(!apply(wish).isEmpty());
  }

  @Override
  public boolean ready() {
    return true;
  }

  StickMachine machine() {
    return machine;
  }

  /** Grows with each change that is worth writing down. */
  long changes() {
    return changes;
  }

  private int seconds() {
    return started.seconds(loop.now());
  }

  private List<StickEvent> apply(StickCommand command) {
    var events = machine.apply(command);
    if (!events.isEmpty()) {
      happened(events);
    }
    return events;
  }

  /** Clients are routed by what is new before anything is revoked. */
  private void happened(List<StickEvent> events) {
    var groups = events.stream().anyMatch(LoneStickDecider::isOfGroup);
    if (groups) {
      gate.follow(machine.groups());
    }
    var revoked = 0;
    for (var event : events) {
      metrics.happened(event);
      log.happened(event);
      revoked += live.follow(event);
      changes += event instanceof StickEvent.Refused ? 0 : 1;
    }
    if (revoked > 0) {
      cutter.cut(revoked, this::wereCut);
    }
    if (groups) {
      publish.run();
    }
  }

  private static boolean isOfGroup(StickEvent event) {
    return event instanceof StickEvent.GroupChanged || event instanceof StickEvent.GroupGone;
  }

  private void wereCut() {
    hearActivity();
    router.wereCut();
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
    var requests = router.take(BATCH);
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
    metrics.show(machine.table(), machine.groups());
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
    if (events.size() >= machine.atATime()) {
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

  @Override
  public void collect(MetricSink sink) {}

  @Override
  public void close() {
    closed = true;
    cutter.close();
    hearActivity();
    keeper.close();
  }

  @Override
  public void awaitClosed() {
    keeper.awaitClosed();
  }
}
