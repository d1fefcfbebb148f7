package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.FailoverEvent;
import dev.holdfast.dataplane.failover.FailoverEvent.ConnectFailed;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.failover.FailoverMachine;
import dev.holdfast.dataplane.failover.FailoverState;
import dev.holdfast.dataplane.failover.Phase;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.state.SavedPrimary;
import dev.holdfast.health.probe.Alarm;
import dev.holdfast.health.probe.DecisionLoop;
import java.util.concurrent.CompletableFuture;

/** Decides by what this process alone finds out: takes events to the machine, and effects on. */
final class LoneDecider implements Decider {
  private final DecisionLoop loop;
  private final Runnable publish;
  private final Takeover takeover;
  private final EffectRunner effects;
  private final SwitchRequests switches = new SwitchRequests();
  private final Alarm alarm;
  private ProxyConfig config;
  private FailoverState state;
  private boolean portOpen;

  /**
   * Whether the first choice has ended: with a primary and an open port, or with no backend found
   * usable. Stays true. Clients sent here before would be refused while other instances serve.
   */
  private volatile boolean settled;

  LoneDecider(Equipment equipment, ProxyConfig config) {
    this.config = config;
    var around = equipment.around();
    loop = around.decisions();
    publish = equipment.publish();
    alarm = new Alarm(loop, () -> decide(new FailoverEvent.Tick()));
    var saved = around.store().read(config.key(), config.version().uid());
    state = FailoverState.initial(SavedPrimary.newest(config.floor(), saved));
    takeover = new Takeover(around, around.store(), saved, equipment.metrics(), this::decide);
    effects = new EffectRunner(equipment, config, takeover, this::decide);
  }

  @Override
  public void start() {
    decide(new FailoverEvent.PolicyApplied());
  }

  @Override
  public void configure(ProxyConfig next) {
    config = next;
    effects.configure(next);
    decide(new FailoverEvent.PolicyApplied());
  }

  @Override
  public void judged(VerdictChanged verdict) {
    decide(verdict);
  }

  /** The machine keeps no time of a verdict. */
  @Override
  public void checked(String backend) {}

  @Override
  public void connectFailed(ConnectFailed failure) {
    decide(failure);
  }

  @Override
  public void listening(boolean open) {
    portOpen = open;
    settle();
  }

  @Override
  public void switchTo(SwitchRequested request, CompletableFuture<SwitchAnswer> answer) {
    switches.asked(request.to(), step(request), answer);
  }

  private void decide(FailoverEvent event) {
    switches.stepped(step(event));
  }

  private FailoverMachine.Step step(FailoverEvent event) {
    var step = FailoverMachine.step(state, event, config.policy(), loop.now());
    var changed = !step.state().equals(state);
    state = step.state();
    step.effects().forEach(effects::run);
    alarm.set(state.wakeAt());
    if (changed) {
      settle();
      publish.run();
    }
    return step;
  }

  private void settle() {
    settled =
        settled
            || state.phase() instanceof Phase.Waiting
            || (state.phase() instanceof Phase.Serving && portOpen);
  }

  @Override
  public Standing standing() {
    return new Standing(
        state.primary().orElse(null),
        state.backends(),
        state.lastFailover(),
        takeover.runs(),
        null);
  }

  @Override
  public boolean ready() {
    return settled;
  }

  @Override
  public void collect(MetricSink sink) {}

  @Override
  public void close() {
    switches.end(state);
    takeover.cancel();
    alarm.set(null);
  }
}
