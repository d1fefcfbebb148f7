package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.api.dataplane.StickyBalancerReport.Check;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.replica.StickMessage;
import dev.holdfast.dataplane.agreement.stick.LedgerImage;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.config.ResourceConfig;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.RelayServer.NewClients;
import dev.holdfast.dataplane.runtime.check.CheckLog;
import dev.holdfast.dataplane.runtime.check.CheckSet;
import dev.holdfast.dataplane.runtime.resource.ListenerStates;
import dev.holdfast.dataplane.runtime.resource.RelayListener;
import dev.holdfast.dataplane.runtime.resource.ResourceService;
import dev.holdfast.dataplane.runtime.resource.Surroundings;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.health.probe.CheckRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs one StickyBalancer: its relay, its groups' checks, and what decides over keys. */
public final class BalancerService implements ResourceService, CheckSet.Listener {
  /** Until whoever follows the status hears of keys and connections that came and went. */
  private static final Duration COUNTERS = Duration.ofSeconds(10);

  private final Surroundings around;
  private final StickMetrics metrics;
  private final RelayServer relay;
  private final CheckSet checks;
  private final GroupChecks groupChecks;
  private final StickDecider decider;
  private final @Nullable Replica<TableCommand, LedgerImage, StickMessage> replica;
  private final ListenerStates listeners = new ListenerStates();
  private BalancerConfig config;
  private @Nullable RefusedConfig refused;
  private boolean retired;
  private volatile boolean ready;
  private volatile BalancerStatus status;

  /**
   * Blocks while the table of a process before this one is read.
   *
   * @param replica null when this process has a table of its own
   */
  public BalancerService(
      Surroundings around,
      BalancerConfig config,
      @Nullable Replica<TableCommand, LedgerImage, StickMessage> replica) {
    this.around = around;
    this.replica = replica;
    this.config = config;
    var resource = config.key().toString();
    metrics = new StickMetrics(config.relay().resource());
    var told =
        new RelayListener(
            config.key(),
            around.decisions(),
            new ServerFailures(config.key(), System::nanoTime),
            (listen, state) -> {
              listeners.changed(listen, state);
              publish();
            });
    relay = new RelayServer(around.transport(), told, around.accessLog(), config.relay());
    checks =
        new CheckSet(
            around.probers(),
            new CheckRunner.Surroundings(around.decisions(), around.decisions(), around.random()),
            new CheckLog(resource),
            metrics.checks(),
            this);
    groupChecks = new GroupChecks(checks, config);
    decider =
        replica == null
            ? new LoneStickDecider(around, relay, config, groupChecks, metrics, this::publish)
            : new AgreedStickDecider(
                around, relay, config, groupChecks, metrics, replica, this::publish);
    status = standing();
  }

  @Override
  public void start() {
    around
        .decisions()
        .execute(() -> {
          groupChecks.follow(config);
          decider.start();
          follow();
          tellCounters();
        });
  }

  private void tellCounters() {
    if (!retired) {
      around.balancers().publishCounters(status());
      around.decisions().after(COUNTERS, this::tellCounters);
    }
  }

  @Override
  public void configure(ResourceConfig next) {
    if (next instanceof BalancerConfig balancer) {
      configure(balancer);
    }
  }

  private void configure(BalancerConfig next) {
    around
        .decisions()
        .execute(() -> {
          config = next;
          refused = null;
          relay.configure(next.relay());
          groupChecks.follow(next);
          decider.configure(next);
          follow();
        });
  }

  private void follow() {
    metrics
        .checks()
        .retain(
            groupChecks.servers(),
            config.groups().stream()
                .flatMap(group -> group.checks().stream())
                .map(check -> check.check().name())
                .toList());
    publish();
  }

  @Override
  public void refuse(RefusedConfig newer) {
    around
        .decisions()
        .execute(() -> {
          refused = newer;
          publish();
        });
  }

  /** Asks something of the groups and keys; on the decision loop. */
  <T> CompletionStage<T> ask(Function<StickDecider, T> question) {
    var answer = new CompletableFuture<T>();
    around
        .decisions()
        .execute(() -> {
          try {
            answer.complete(question.apply(decider));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Has this done; whether it changed anything. */
  CompletionStage<Boolean> wish(StickCommand.Wish wish) {
    return ask(decider -> decider.wish(wish)).thenCompose(answer -> answer);
  }

  /** By the clock that the table's is told by. */
  Instant now() {
    return around.decisions().now();
  }

  /** As it runs, or will in a moment. */
  BalancerConfig config() {
    return status.config();
  }

  @Override
  public CompletionStage<Void> drain() {
    return relay.drain(status.config().drainTimeout(), NewClients.Served);
  }

  @Override
  public boolean alone() {
    return status.config().alone();
  }

  @Override
  public void retire() {
    around
        .decisions()
        .execute(() -> {
          retired = true;
          var key = config.key();
          around.balancers().remove(key.kind(), key.namespace(), key.name());
        });
    relay.drain(status.config().drainTimeout(), NewClients.Refused).thenRun(this::end);
  }

  /** The table is written down when the last connection has been cut. */
  @Override
  public void close() {
    end();
    decider.awaitClosed();
  }

  private void end() {
    relay.close();
    around
        .decisions()
        .execute(() -> {
          retired = true;
          decider.close();
          checks.close();
        });
    if (replica != null) {
      replica.close();
    }
  }

  @Override
  public boolean ready() {
    return ready && decider.ready();
  }

  /** The newest status with the present counters. */
  public StickyBalancerReport status() {
    return status.with(relay.counts(), metrics);
  }

  @Override
  public void collect(MetricSink sink) {
    metrics.collect(sink);
    decider.collect(sink);
    relay.collect(sink);
  }

  /** What a whole server's checks say together says too little of a group. */
  @Override
  public void judged(VerdictChanged verdict) {}

  @Override
  public void checked(String backend) {}

  @Override
  public void flipped() {
    decider.judged();
    publish();
  }

  @Override
  public void warned() {
    publish();
  }

  private void publish() {
    status = standing();
    var open =
        status.listeners().stream().anyMatch(listener -> listener.state() == Listener.State.Open);
    ready = ready || (decider.isSettled() && (open || decider.isShut()));
    if (!retired) {
      around.balancers().publish(status());
    }
  }

  private BalancerStatus standing() {
    return new BalancerStatus(
        around.instance(),
        config,
        listeners.of(config.relay().listen()),
        decider.standing(),
        checked(),
        refused);
  }

  private Map<Integer, List<Check>> checked() {
    var now = around.decisions().now();
    var words = new HashMap<Integer, List<Check>>();
    for (var group : config.groups()) {
      words.put(group.policy().id(), groupChecks.report(group, now));
    }
    return words;
  }
}
