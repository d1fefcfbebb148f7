package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.agreement.vote.Voter;
import dev.holdfast.dataplane.agreement.vote.VoterEffect;
import dev.holdfast.dataplane.agreement.vote.VoterEvent;
import dev.holdfast.dataplane.agreement.vote.VoterPolicy;
import dev.holdfast.dataplane.agreement.vote.VoterState;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.BackendState;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.health.probe.Alarm;
import dev.holdfast.health.probe.DecisionLoop;
import java.util.Map;
import java.util.Objects;

/**
 * What this replica found out about the backends: by checks that run all the time, and by tries
 * when it is asked. Takes events to the voter and its effects to the world. Confined to the
 * decision loop.
 */
final class OwnVerdicts {
  private final DecisionLoop loop;
  private final CandidateProbe prober;
  private final ProxyMetrics metrics;
  private final DecisionLog log;
  private final Listener listener;
  private final Alarm alarm;
  private ProxyConfig config;
  private VoterState state = VoterState.initial();
  private boolean closed;

  /** Hears what comes of it, on the decision loop. */
  interface Listener {
    /** A ballot is to be cast. */
    void cast();

    /** A try has ended, in time or not. */
    void tried(String backend, Outcome outcome);
  }

  OwnVerdicts(Equipment equipment, ProxyConfig config, Listener listener) {
    loop = equipment.around().decisions();
    prober = equipment.prober();
    metrics = equipment.metrics();
    log = new DecisionLog(config.key().toString());
    alarm = new Alarm(loop, () -> step(new VoterEvent.Tick()));
    this.config = config;
    this.listener = listener;
  }

  void follow(ProxyConfig next) {
    config = next;
    step(new VoterEvent.Configured());
  }

  void step(VoterEvent event) {
    if (closed) {
      return;
    }
    var step = Voter.step(state, event, policy(), loop.now());
    state = step.state();
    alarm.set(state.wakeAt());
    step.effects().forEach(this::carryOut);
  }

  private void carryOut(VoterEffect effect) {
    switch (effect) {
      case VoterEffect.Try(var number, var candidate) ->
          prober
              .run(candidate, config)
              .exceptionally(broken -> new Outcome.NotAsked(String.valueOf(broken.getMessage())))
              .thenAccept(outcome -> loop.execute(() -> answered(number, candidate, outcome)));
      case VoterEffect.Cast() -> listener.cast();
    }
  }

  private void answered(long number, Candidate candidate, Outcome outcome) {
    log.probed(candidate, outcome);
    metrics.probed(candidate.name(), outcome);
    step(new VoterEvent.Tried(number, outcome));
    listener.tried(candidate.name(), outcome);
  }

  Map<String, BackendState> backends() {
    return state.backends();
  }

  VoterState.Verdicts verdicts() {
    return state.verdicts(policy(), loop.now());
  }

  private VoterPolicy policy() {
    var agreement = Objects.requireNonNull(config.agreement(), "a resource that agrees");
    return new VoterPolicy(
        config.policy().candidates(),
        config.policy().probeDeadline(),
        config.policy().recheckInterval(),
        agreement.verdictAge());
  }

  void close() {
    closed = true;
    alarm.set(null);
  }
}
