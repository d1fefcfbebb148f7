package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Effect;
import dev.holdfast.dataplane.failover.FailoverEvent.HooksEnded;
import dev.holdfast.dataplane.failover.Primary;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.dataplane.hooks.Change;
import dev.holdfast.dataplane.hooks.HookRun;
import dev.holdfast.dataplane.hooks.HookRunner;
import dev.holdfast.dataplane.relay.Lease;
import dev.holdfast.dataplane.runtime.resource.Surroundings;
import dev.holdfast.dataplane.state.PrimaryStore;
import dev.holdfast.dataplane.state.SavedPrimary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the choice of a primary and its first client: its hooks, and writing it down
 * before they begin and when they have ended. Confined to the decision loop.
 */
final class Takeover {
  /** The schema's bound on what is told of one failover. */
  private static final int MAX_RUNS = 16;

  /** Hooks of one epoch that were not given up; what runs is null until it has begun. */
  private static final class UnderWay {
    final long epoch;
    HookRunner.@Nullable Running hooks;

    UnderWay(long epoch) {
      this.epoch = epoch;
    }
  }

  private final Executor loop;
  private final HookRunner runner;
  private final PrimaryStore store;
  private final ProxyMetrics metrics;
  private final Consumer<HooksEnded> answers;
  private @Nullable SavedPrimary written;
  private @Nullable UnderWay underWay;
  private List<HookRun> sinceLast = new ArrayList<>();
  private List<HookRun> ofLast = List.of();

  Takeover(
      Surroundings around,
      PrimaryStore store,
      @Nullable SavedPrimary written,
      ProxyMetrics metrics,
      Consumer<HooksEnded> answers) {
    this.loop = around.decisions();
    this.runner = around.hooks();
    this.store = store;
    this.metrics = metrics;
    this.written = written;
    this.answers = answers;
  }

  /** The hooks that ran for the newest primary, those of choices that were given up included. */
  List<HookRun> runs() {
    return ofLast;
  }

  /**
   * @param lease under which they may begin; without it there is no answer
   */
  void runHooks(Effect.RunHooks effect, ProxyConfig config, Lease lease) {
    cancel();
    var starting = new UnderWay(effect.epoch());
    underWay = starting;
    var backend = effect.backend();
    var change =
        new Change(
            config.relay().resource(),
            effect.epoch(),
            effect.reason().trigger(),
            backend,
            effect.left());
    var begun =
        new SavedPrimary(
            config.key(),
            config.version().uid(),
            backend.name(),
            effect.epoch(),
            false,
            effect.reason(),
            effect.left());
    write(begun).thenRunAsync(() -> begin(starting, config, change, lease), loop);
  }

  private void begin(UnderWay starting, ProxyConfig config, Change change, Lease lease) {
    if (underWay == starting && !lease.expired()) {
      starting.hooks =
          runner.run(
              config.hooks(),
              change,
              () -> !lease.expired(),
              report -> loop.execute(() -> ended(starting, report)));
    }
  }

  private void ended(UnderWay ended, HookRunner.Report report) {
    if (underWay != ended) {
      return;
    }
    underWay = null;
    sinceLast.addAll(report.runs());
    sinceLast = newest(sinceLast);
    report.runs().forEach(metrics::hookRan);
    var aborted = report.aborted();
    answers.accept(
        new HooksEnded(
            ended.epoch,
            aborted != null,
            aborted == null ? "" : "hook " + aborted.hook() + ": " + aborted.why()));
  }

  private static List<HookRun> newest(List<HookRun> runs) {
    return new ArrayList<>(runs.subList(Math.max(0, runs.size() - MAX_RUNS), runs.size()));
  }

  /** Ends hooks that run. */
  void cancel() {
    if (underWay != null && underWay.hooks != null) {
      underWay.hooks.cancel();
    }
    underWay = null;
  }

  /** Completes when it is written down; its hooks have ended. */
  CompletableFuture<Void> record(Primary primary, ProxyConfig config) {
    ofLast = List.copyOf(sinceLast);
    sinceLast.clear();
    return write(
        new SavedPrimary(
            config.key(),
            config.version().uid(),
            primary.name(),
            primary.epoch(),
            true,
            primary.reason() == Reason.Switchover ? Reason.Switchover : null,
            null));
  }

  private CompletableFuture<Void> write(SavedPrimary primary) {
    if (primary.equals(written)) {
      return CompletableFuture.completedFuture(null);
    }
    written = primary;
    return store.write(primary);
  }
}
