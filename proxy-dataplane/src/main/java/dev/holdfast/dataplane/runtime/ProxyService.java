package dev.holdfast.dataplane.runtime;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.dataplane.config.HealthCheck;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.FailoverEvent;
import dev.holdfast.dataplane.failover.FailoverMachine;
import dev.holdfast.dataplane.failover.FailoverState;
import dev.holdfast.dataplane.failover.Phase;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.hooks.Hook;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.relay.RelayEvents.ListenerState;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.RelayServer.NewClients;
import dev.holdfast.dataplane.state.SavedPrimary;
import dev.holdfast.health.probe.Alarm;
import dev.holdfast.health.probe.CheckRunner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs one resource: takes events to the machine and its effects to the world. Methods may be
 * called from any thread; what they start is done on the decision loop.
 */
final class ProxyService implements MetricSource {
  private final Surroundings around;
  private final ProxyMetrics metrics;
  private final RelayServer relay;
  private final Takeover takeover;
  private final EffectRunner effects;
  private final CheckSet checks;
  private final SwitchRequests switches = new SwitchRequests();
  private final Alarm alarm;
  private ProxyConfig config;
  private FailoverState state;
  private Listener listener;
  private @Nullable RefusedConfig refused;
  private boolean retired;
  private volatile ProxyStatus status;
  private volatile boolean settled;

  ProxyService(Surroundings around, ProxyConfig config) {
    this.around = around;
    this.config = config;
    metrics = new ProxyMetrics(config.relay().resource());
    alarm = new Alarm(around.decisions(), () -> decide(new FailoverEvent.Tick()));
    var saved = around.store().read(config.key(), config.version().uid());
    state = FailoverState.initial(SavedPrimary.newest(config.floor(), saved));
    listener = closed(config);
    status = new ProxyStatus(around.instance(), config, state, listener, Map.of(), List.of(), null);
    relay =
        new RelayServer(
            around.transport(),
            new RelayListener(
                config.key(), around.decisions(), this::decide, this::listenerChanged),
            around.accessLog(),
            config.relay());
    checks =
        new CheckSet(
            around.probers(),
            new CheckRunner.Surroundings(around.decisions(), around.decisions(), around.random()),
            new CheckLog(config.key().toString()),
            metrics,
            this::decide,
            this::publish);
    takeover = new Takeover(around, saved, metrics, this::decide);
    effects =
        new EffectRunner(
            around.decisions(),
            new CandidateProbe(around.probers(), checks, around.decisions()),
            config,
            relay,
            takeover,
            metrics,
            this::decide);
  }

  void start() {
    around.decisions().execute(this::follow);
  }

  /** Goes on with another configuration, which ends what was said of a refused one. */
  void configure(ProxyConfig next) {
    around
        .decisions()
        .execute(() -> {
          config = next;
          refused = null;
          relay.configure(next.relay());
          effects.configure(next);
          follow();
        });
  }

  /** Reports that a newer configuration was not taken. */
  void refuse(RefusedConfig newer) {
    around
        .decisions()
        .execute(() -> {
          refused = newer;
          publish();
        });
  }

  /** Completes when the target was refused or chosen; on the decision loop. */
  CompletionStage<SwitchAnswer> switchTo(FailoverEvent.SwitchRequested request) {
    var answer = new CompletableFuture<SwitchAnswer>();
    around.decisions().execute(() -> switches.asked(request.to(), step(request), answer));
    return answer;
  }

  /**
   * Serves on until the last connection has ended, new ones included: whoever still finds the way
   * here would else be refused. Decisions go on, so that waiting clients still find a backend.
   */
  CompletionStage<Void> drain() {
    return relay.drain(status.config().drainTimeout(), NewClients.Served);
  }

  /** Whether clients have nowhere else to go. */
  boolean alone() {
    return status.config().alone();
  }

  /** Takes no new clients, drains, and is not heard of any more. */
  void retire() {
    around
        .decisions()
        .execute(() -> {
          retired = true;
          var key = config.key();
          around.board().remove(key.kind(), key.namespace(), key.name());
        });
    relay.drain(status.config().drainTimeout(), NewClients.Refused).thenRun(this::close);
  }

  void close() {
    around
        .decisions()
        .execute(() -> {
          retired = true;
          switches.end(state);
          takeover.cancel();
          checks.close();
          alarm.set(null);
        });
    relay.close();
  }

  /**
   * Whether the first choice has ended: with a primary and an open port, or with no backend found
   * usable. Stays true. Clients sent here before would be refused while other instances serve.
   */
  boolean settled() {
    return settled;
  }

  /** The newest status with the present counters. */
  DataPlaneStatus status() {
    return status.with(relay.counts());
  }

  @Override
  public void collect(MetricSink sink) {
    metrics.collect(status(), sink);
    relay.collect(sink);
  }

  private void follow() {
    decide(new FailoverEvent.PolicyApplied());
    checks.follow(config);
    metrics.retainHooks(config.hooks().stream().map(Hook::name).toList());
    metrics.retain(
        config.policy().candidates().stream().map(Candidate::name).toList(),
        config.checks().stream().map(HealthCheck::name).toList());
    publish();
  }

  private void decide(FailoverEvent event) {
    switches.stepped(step(event));
  }

  private FailoverMachine.Step step(FailoverEvent event) {
    var step = FailoverMachine.step(state, event, config.policy(), around.decisions().now());
    var changed = !step.state().equals(state);
    state = step.state();
    step.effects().forEach(effect -> effects.run(effect, this::publish));
    alarm.set(state.wakeAt());
    if (changed) {
      publish();
    }
    return step;
  }

  private void listenerChanged(ListenerState next) {
    var wanted = closed(config);
    listener =
        switch (next) {
          case ListenerState.Open(var address, var port) ->
              new Listener(address, port, Listener.State.Open, null);
          case ListenerState.Closed() -> wanted;
          case ListenerState.Failed(var message) ->
              new Listener(wanted.address(), wanted.port(), Listener.State.Failed, message);
        };
    publish();
  }

  private void publish() {
    settled = settled || firstChoiceEnded();
    status =
        new ProxyStatus(
            around.instance(),
            config,
            state,
            listener,
            checks.warnings(),
            takeover.runs(),
            refused);
    if (!retired) {
      around.board().publish(status());
    }
  }

  private boolean firstChoiceEnded() {
    return state.phase() instanceof Phase.Waiting
        || (state.phase() instanceof Phase.Serving && listener.state() == Listener.State.Open);
  }

  private static Listener closed(ProxyConfig config) {
    var listen = config.relay().listen();
    return new Listener(listen.address(), listen.port(), Listener.State.Closed, null);
  }
}
