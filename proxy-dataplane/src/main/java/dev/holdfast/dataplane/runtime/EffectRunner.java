package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Effect;
import dev.holdfast.dataplane.failover.FailoverEvent;
import dev.holdfast.dataplane.failover.Primary;
import dev.holdfast.dataplane.relay.Admission;
import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.relay.Target;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what was decided, and decides nothing. Confined to the decision loop. */
final class EffectRunner {
  private final DecisionLoop loop;
  private final CandidateProbe prober;
  private final RelayServer relay;
  private final DecisionLog log;
  private final ProxyMetrics metrics;
  private final Consumer<FailoverEvent> answers;
  private @Nullable Primary admitted;

  EffectRunner(
      DecisionLoop loop,
      CandidateProbe prober,
      RelayServer relay,
      DecisionLog log,
      ProxyMetrics metrics,
      Consumer<FailoverEvent> answers) {
    this.loop = loop;
    this.prober = prober;
    this.relay = relay;
    this.log = log;
    this.metrics = metrics;
    this.answers = answers;
  }

  /**
   * @param publish writes down the state that the step led to
   */
  void run(Effect effect, ProxyConfig config, Runnable publish) {
    switch (effect) {
      case Effect.Probe(var probe, var backend) -> probe(probe, backend, config);
      case Effect.RecordPrimary _ -> publish.run();
      case Effect.Admit(var primary) -> {
        admitted = primary;
        configure(config);
      }
      case Effect.Withdraw() -> {
        admitted = null;
        configure(config);
      }
      case Effect.Sever(var epoch, var after) -> loop.after(after, () -> relay.sever(epoch));
      case Effect.Tell(var notice) -> {
        log.write(notice);
        metrics.noticed(notice);
      }
      case Effect.RunHooks _, Effect.CancelHooks _ ->
          throw new IllegalStateException(
              "expected no hooks, because the configuration refuses them; found " + effect);
    }
  }

  /** Lets the relay do what the configuration says of the present admission. */
  void configure(ProxyConfig config) {
    relay.admit(
        admitted == null
            ? config.whileNoPrimary().admission()
            : new Admission.Open(target(admitted, config.connectTimeout())));
  }

  private void probe(long probe, Candidate backend, ProxyConfig config) {
    prober
        .run(backend, config)
        .thenAccept(outcome ->
            loop.execute(() -> answers.accept(new FailoverEvent.ProbeAnswered(probe, outcome))));
  }

  private static Target target(Primary primary, Duration connectTimeout) {
    var backend = primary.backend();
    return new Target(
        backend.name(), backend.host(), backend.port(), primary.epoch(), connectTimeout);
  }
}
