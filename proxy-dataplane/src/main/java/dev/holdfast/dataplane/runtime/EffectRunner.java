package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Effect;
import dev.holdfast.dataplane.failover.FailoverEvent;
import dev.holdfast.dataplane.failover.Notice;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Primary;
import dev.holdfast.dataplane.relay.Admission;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.Target;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what was decided, in its order, and decides nothing. While a primary is being written down,
 * what comes after that waits. Confined to the decision loop.
 */
final class EffectRunner {
  private final DecisionLoop loop;
  private final CandidateProbe prober;
  private final RelayServer relay;
  private final Takeover takeover;
  private final DecisionLog log;
  private final ProxyMetrics metrics;
  private final Consumer<FailoverEvent> answers;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean recording;
  private ProxyConfig config;
  private @Nullable Primary admitted;

  /** Whether the first choice has ended, with a primary or without. */
  private boolean settled;

  EffectRunner(
      DecisionLoop loop,
      CandidateProbe prober,
      ProxyConfig config,
      RelayServer relay,
      Takeover takeover,
      ProxyMetrics metrics,
      Consumer<FailoverEvent> answers) {
    this.loop = loop;
    this.prober = prober;
    this.config = config;
    this.relay = relay;
    this.takeover = takeover;
    this.log = new DecisionLog(config.key().toString());
    this.metrics = metrics;
    this.answers = answers;
  }

  /**
   * @param publish tells the state that the step led to
   */
  void run(Effect effect, Runnable publish) {
    if (recording) {
      waiting.add(() -> carryOut(effect, publish));
    } else {
      carryOut(effect, publish);
    }
  }

  private void carryOut(Effect effect, Runnable publish) {
    switch (effect) {
      case Effect.Probe(var probe, var backend) -> probe(probe, backend);
      case Effect.RunHooks hooks -> takeover.runHooks(hooks, config);
      case Effect.CancelHooks _ -> takeover.cancel();
      case Effect.RecordPrimary(var primary) -> record(primary, publish);
      case Effect.Admit(var primary) -> {
        settled = true;
        admitted = primary;
        admit();
      }
      case Effect.Withdraw() -> {
        admitted = null;
        admit();
      }
      case Effect.Sever(var epoch, var after) -> loop.after(after, () -> relay.sever(epoch));
      case Effect.Tell(var notice) -> tell(notice);
    }
  }

  private void tell(Notice notice) {
    log.write(notice);
    metrics.noticed(notice);
    if (notice instanceof Notice.NoCandidate && !settled) {
      settled = true;
      admit();
    }
  }

  private void record(Primary primary, Runnable publish) {
    var written = takeover.record(primary, config);
    publish.run();
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
    admit();
  }

  private void admit() {
    var whileNone = config.whileNoPrimary();
    relay.admit(
        admitted != null
            ? new Admission.Open(target(admitted, config.connectTimeout()))
            : settled ? whileNone.admission() : whileNone.admissionAtStart());
  }

  private void probe(long probe, Candidate backend) {
    prober
        .run(backend, config)
        .thenAccept(outcome -> loop.execute(() -> answered(probe, backend, outcome)));
  }

  private void answered(long probe, Candidate backend, Outcome outcome) {
    log.probed(backend, outcome);
    metrics.probed(backend.name(), outcome);
    answers.accept(new FailoverEvent.ProbeAnswered(probe, outcome));
  }

  private static Target target(Primary primary, Duration connectTimeout) {
    var backend = primary.backend();
    return new Target(
        backend.name(), backend.host(), backend.port(), primary.epoch(), connectTimeout);
  }
}
