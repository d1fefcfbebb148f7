package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.replica.ProxyMessage;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.config.HealthCheck;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.config.ResourceConfig;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.FailoverEvent.ConnectFailed;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.hooks.Hook;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.RelayServer.NewClients;
import dev.holdfast.dataplane.runtime.check.CheckLog;
import dev.holdfast.dataplane.runtime.check.CheckSet;
import dev.holdfast.dataplane.runtime.resource.RelayListener;
import dev.holdfast.dataplane.runtime.resource.ResourceService;
import dev.holdfast.dataplane.runtime.resource.Surroundings;
import dev.holdfast.health.probe.CheckRunner;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs one resource: its relay, its checks, and what decides over them. Methods may be called from
 * any thread; what they start is done on the decision loop.
 */
public final class ProxyService implements ResourceService, CheckSet.Listener {
  private final Surroundings around;
  private final ProxyMetrics metrics;
  private final RelayServer relay;
  private final CheckSet checks;
  private final @Nullable Replica<Command, Ledger, ProxyMessage> replica;
  private final Decider decider;
  private final Map<Listen, ListenerState> listeners = new HashMap<>();
  private ProxyConfig config;
  private Listener listener;
  private @Nullable RefusedConfig refused;
  private boolean retired;
  private volatile ProxyStatus status;

  /**
   * @param replica null for a resource that this process decides on alone
   */
  public ProxyService(
      Surroundings around,
      ProxyConfig config,
      @Nullable Replica<Command, Ledger, ProxyMessage> replica) {
    this.around = around;
    this.config = config;
    this.replica = replica;
    metrics = new ProxyMetrics(config.relay().resource());
    listener = closed(config);
    status =
        new ProxyStatus(around.instance(), config, Standing.nothing(), listener, Map.of(), null);
    var failures = new EpochFailures(config.key(), around.decisions(), this::connectFailed);
    var told = new RelayListener(config.key(), around.decisions(), failures, this::listenerChanged);
    relay = new RelayServer(around.transport(), told, around.accessLog(), config.relay());
    checks =
        new CheckSet(
            around.probers(),
            new CheckRunner.Surroundings(around.decisions(), around.decisions(), around.random()),
            new CheckLog(config.key().toString()),
            metrics.checks(),
            this);
    var equipment =
        new Equipment(
            around,
            relay,
            new CandidateProbe(around.probers(), checks, around.decisions()),
            metrics,
            this::publish,
            failures::forget);
    decider =
        replica == null
            ? new LoneDecider(equipment, config)
            : new AgreedDecider(equipment, config, replica);
  }

  @Override
  public void start() {
    around
        .decisions()
        .execute(() -> {
          decider.start();
          follow();
        });
  }

  @Override
  public void configure(ResourceConfig next) {
    if (next instanceof ProxyConfig proxy) {
      configure(proxy);
    }
  }

  private void configure(ProxyConfig next) {
    around
        .decisions()
        .execute(() -> {
          config = next;
          refused = null;
          relay.configure(next.relay());
          decider.configure(next);
          // until the relay has tried another address, what was said before counts
          Optional.ofNullable(listeners.get(listen(next))).ifPresent(this::show);
          follow();
        });
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

  /** Completes when the target was refused or chosen; on the decision loop. */
  public CompletionStage<SwitchAnswer> switchTo(SwitchRequested request) {
    var answer = new CompletableFuture<SwitchAnswer>();
    around.decisions().execute(() -> decider.switchTo(request, answer));
    return answer;
  }

  /**
   * Serves on until the last connection has ended, new ones included: whoever still finds the way
   * here would else be refused. Decisions go on, so that waiting clients still find a backend.
   */
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
          around.board().remove(key.kind(), key.namespace(), key.name());
        });
    relay.drain(status.config().drainTimeout(), NewClients.Refused).thenRun(this::close);
  }

  @Override
  public void close() {
    around
        .decisions()
        .execute(() -> {
          retired = true;
          decider.close();
          checks.close();
        });
    relay.close();
    if (replica != null) {
      replica.close();
    }
  }

  @Override
  public boolean ready() {
    return decider.ready();
  }

  /** The newest status with the present counters. */
  public DataPlaneStatus status() {
    return status.with(relay.counts());
  }

  @Override
  public void collect(MetricSink sink) {
    metrics.collect(status(), sink);
    decider.collect(sink);
    relay.collect(sink);
  }

  private void follow() {
    checks.follow(config);
    metrics.retainHooks(config.hooks().stream().map(Hook::name).toList());
    metrics.retain(
        config.policy().candidates().stream().map(Candidate::name).toList(),
        config.checks().stream().map(HealthCheck::name).toList());
    publish();
  }

  @Override
  public void judged(VerdictChanged verdict) {
    decider.judged(verdict);
  }

  @Override
  public void checked(String backend) {
    decider.checked(backend);
  }

  @Override
  public void flipped() {}

  @Override
  public void warned() {
    publish();
  }

  private void connectFailed(ConnectFailed failure) {
    decider.connectFailed(failure);
  }

  private void listenerChanged(Listen listen, ListenerState next) {
    if (next instanceof ListenerState.Closed) {
      listeners.remove(listen);
    } else {
      listeners.put(listen, next);
    }
    if (listen.equals(listen(config))) {
      show(next);
    }
    publish();
  }

  private void show(ListenerState state) {
    var wanted = closed(config);
    listener =
        switch (state) {
          case ListenerState.Open(var address, var port) ->
              new Listener(address, port, Listener.State.Open, null);
          case ListenerState.Closed() -> wanted;
          case ListenerState.Failed(var message) ->
              new Listener(wanted.address(), wanted.port(), Listener.State.Failed, message);
        };
    decider.listening(listener.state() == Listener.State.Open);
  }

  private void publish() {
    status =
        new ProxyStatus(
            around.instance(), config, decider.standing(), listener, checks.warnings(), refused);
    if (!retired) {
      around.board().publish(status());
    }
  }

  /** There is one. */
  private static Listen listen(ProxyConfig config) {
    return config.relay().listen().getFirst();
  }

  private static Listener closed(ProxyConfig config) {
    var listen = listen(config);
    return new Listener(listen.address(), listen.port(), Listener.State.Closed, null);
  }
}
