package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Effect;
import dev.holdfast.dataplane.failover.FailoverEvent;
import dev.holdfast.dataplane.failover.Notice;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Primary;
import dev.holdfast.dataplane.relay.Lease;
import dev.holdfast.health.probe.DecisionLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Does what was decided, in its order, and decides nothing. While a primary is being written down,
 * what comes after that waits. Confined to the decision loop.
 */
final class EffectRunner {
  private final DecisionLoop loop;
  private final Equipment equipment;
  private final ClientGate gate;
  private final Takeover takeover;
  private final DecisionLog log;
  private final Consumer<FailoverEvent> answers;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean recording;
  private ProxyConfig config;

  EffectRunner(
      Equipment equipment, ProxyConfig config, Takeover takeover, Consumer<FailoverEvent> answers) {
    this.loop = equipment.around().decisions();
    this.equipment = equipment;
    this.config = config;
    this.takeover = takeover;
    this.answers = answers;
    gate = new ClientGate(equipment.relay(), config);
    log = new DecisionLog(config.key().toString());
  }

  void run(Effect effect) {
    if (recording) {
      waiting.add(() -> carryOut(effect));
    } else {
      carryOut(effect);
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Probe(var probe, var backend) -> probe(probe, backend);
      case Effect.RunHooks hooks -> takeover.runHooks(hooks, config, Lease.forever());
      case Effect.CancelHooks _ -> takeover.cancel();
      case Effect.RecordPrimary(var primary) -> record(primary);
      case Effect.Admit(var primary) -> gate.open(route(primary), Lease.forever());
      case Effect.Withdraw() -> gate.close(false);
      case Effect.Sever(var epoch, var after) ->
          loop.after(after, () -> equipment.relay().sever(epoch));
      case Effect.Tell(var notice) -> tell(notice);
    }
  }

  private void tell(Notice notice) {
    log.write(notice);
    equipment.metrics().noticed(notice);
    if (notice instanceof Notice.NoCandidate) {
      gate.settle();
    }
  }

  private void record(Primary primary) {
    var written = takeover.record(primary, config);
    equipment.publish().run();
    if (!written.isDone()) {
      recording = true;
      written.thenRunAsync(this::recorded, loop);
    }
  }

  private void recorded() {
    recording = false;
    while (!recording && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  /** Lets the relay do what the configuration says of the present admission. */
  void configure(ProxyConfig next) {
    config = next;
    gate.configure(next);
  }

  private void probe(long probe, Candidate backend) {
    equipment
        .prober()
        .run(backend, config)
        .thenAccept(outcome -> loop.execute(() -> answered(probe, backend, outcome)));
  }

  private void answered(long probe, Candidate backend, Outcome outcome) {
    log.probed(backend, outcome);
    equipment.metrics().probed(backend.name(), outcome);
    answers.accept(new FailoverEvent.ProbeAnswered(probe, outcome));
  }

  private static ClientGate.Route route(Primary primary) {
    var backend = primary.backend();
    return new ClientGate.Route(backend.name(), backend.host(), backend.port(), primary.epoch());
  }
}
