package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.FailoverEvent.ConnectFailed;
import dev.holdfast.dataplane.failover.FailoverEvent.HooksEnded;
import dev.holdfast.dataplane.failover.FailoverEvent.PolicyApplied;
import dev.holdfast.dataplane.failover.FailoverEvent.ProbeAnswered;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.FailoverEvent.Tick;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One machine in virtual time; every method returns or keeps what it did since the last look. */
final class Scenario {
  static final Outcome CONNECTED = new Outcome.Connected();
  static final Outcome.Failed REFUSED =
      new Outcome.Failed(Reason.ConnectRefused, "connect refused");

  private final List<Effect> effects = new ArrayList<>();
  private FailoverPolicy policy;
  private FailoverState state;
  private Instant now = Instant.EPOCH;
  private @Nullable Long lastProbe;

  private Scenario(FailoverPolicy policy, @Nullable Floor floor) {
    this.policy = policy;
    this.state = FailoverState.initial(floor);
    send(new PolicyApplied());
  }

  static Scenario start(FailoverPolicy policy) {
    return new Scenario(policy, null);
  }

  static Scenario resume(FailoverPolicy policy, String name, long epoch) {
    return new Scenario(policy, new Floor(name, epoch));
  }

  static Scenario resume(FailoverPolicy policy, Floor floor) {
    return new Scenario(policy, floor);
  }

  /** Starts, and lets the first candidate answer, and then whoever is asked besides. */
  static Scenario serving(FailoverPolicy policy) {
    var scenario = start(policy).answer(CONNECTED);
    scenario.probes().forEach(probe -> scenario.send(new ProbeAnswered(probe, CONNECTED)));
    scenario.effects.clear();
    return scenario;
  }

  private List<Long> probes() {
    return effects.stream()
        .filter(Effect.Probe.class::isInstance)
        .map(effect -> ((Effect.Probe) effect).probe())
        .toList();
  }

  FailoverState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  /** The primary as {@code name/epoch}, or {@code none}. */
  String primary() {
    return state.primary().map(p -> p.name() + "/" + p.epoch()).orElse("none");
  }

  Scenario send(FailoverEvent event) {
    var step = FailoverMachine.step(state, event, policy, now);
    state = step.state();
    effects.addAll(step.effects());
    step.effects().stream()
        .filter(Effect.Probe.class::isInstance)
        .forEach(probe -> lastProbe = ((Effect.Probe) probe).probe());
    return this;
  }

  /** Answers the newest probe. */
  Scenario answer(Outcome outcome) {
    if (lastProbe == null) {
      throw new AssertionError("expected a probe to answer, found none");
    }
    return send(new ProbeAnswered(lastProbe, outcome));
  }

  Scenario connectFails() {
    return send(new ConnectFailed(state.epoch(), REFUSED));
  }

  Scenario verdict(String backend, Health health) {
    return send(new VerdictChanged(backend, health, health == Health.Unhealthy ? "down" : ""));
  }

  Scenario hooksEnd(boolean aborted) {
    return send(new HooksEnded(state.epoch(), aborted, aborted ? "promote: exit 1" : ""));
  }

  Scenario switchTo(String backend, boolean force) {
    return send(new SwitchRequested(backend, force));
  }

  Scenario apply(FailoverPolicy next) {
    policy = next;
    return send(new PolicyApplied());
  }

  /** Moves time, with a tick whenever the machine asked for one. */
  Scenario advance(Duration by) {
    var end = now.plus(by);
    while (state.wakeAt() != null && !state.wakeAt().isAfter(end)) {
      now = now.isAfter(state.wakeAt()) ? now : state.wakeAt();
      send(new Tick());
    }
    now = end;
    return this;
  }

  /** What was done since the last call, notices apart, in words. */
  List<String> done() {
    var words =
        effects.stream()
            .filter(effect -> !(effect instanceof Effect.Tell))
            .map(Scenario::word)
            .toList();
    effects.clear();
    return words;
  }

  /** What was told since the last call. */
  List<Notice> told() {
    var notices =
        effects.stream()
            .filter(Effect.Tell.class::isInstance)
            .map(effect -> ((Effect.Tell) effect).notice())
            .toList();
    effects.clear();
    return notices;
  }

  private static String word(Effect effect) {
    return switch (effect) {
      case Effect.Probe(var number, var backend) -> "probe " + backend.name();
      case Effect.RunHooks(var epoch, var reason, var backend, var left) ->
          "hooks "
              + reason.trigger()
              + " "
              + backend.name()
              + "/"
              + epoch
              + (left == null ? "" : " after " + left);
      case Effect.CancelHooks(var epoch) -> "cancel hooks " + epoch;
      case Effect.Withdraw() -> "withdraw";
      case Effect.RecordPrimary(var p) -> "record " + p.name() + "/" + p.epoch();
      case Effect.Admit(var p) -> "admit " + p.name() + "/" + p.epoch();
      case Effect.Sever(var epoch, var after) -> "sever <" + epoch + " after " + after.toSeconds();
      case Effect.Tell(var notice) -> "tell";
    };
  }
}
