package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.config.TcpCheck;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.health.BackendHealth;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.CheckState.Transition;
import dev.holdfast.health.Health;
import dev.holdfast.health.probe.CheckRunner;
import dev.holdfast.health.probe.CheckSettings;
import dev.holdfast.health.probe.TcpProber;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The checks of one resource: one runner for each backend and check. Tells when the verdict on a
 * backend changes. Confined to the decision loop.
 */
final class CheckSet implements AutoCloseable {

  /** What is looked at; a runner lives as long as this stays the same. */
  private record Subject(String backend, String check, String host, int port) {}

  private record Running(CheckSettings settings, CheckRunner runner) {}

  private final TcpProber prober;
  private final CheckRunner.Surroundings around;
  private final Consumer<VerdictChanged> listener;
  private final ProxyMetrics metrics;
  private final Map<Subject, Running> running = new LinkedHashMap<>();
  private final Map<String, Health> told = new HashMap<>();

  CheckSet(
      TcpProber prober,
      CheckRunner.Surroundings around,
      ProxyMetrics metrics,
      Consumer<VerdictChanged> listener) {
    this.prober = prober;
    this.around = around;
    this.metrics = metrics;
    this.listener = listener;
  }

  /** Starts, changes and stops runners as the configuration wants it; the others are left alone. */
  void follow(ProxyConfig config) {
    var wanted = wanted(config);
    running.entrySet().removeIf(entry -> stopped(entry.getKey(), entry.getValue(), wanted));
    wanted.forEach(this::start);
    told.keySet().retainAll(config.policy().candidates().stream().map(Candidate::name).toList());
    told.keySet().forEach(this::tellIfChanged);
  }

  private static Map<Subject, CheckSettings> wanted(ProxyConfig config) {
    var wanted = new LinkedHashMap<Subject, CheckSettings>();
    for (var backend : config.policy().candidates()) {
      if (backend.wish() != Wish.Disabled) {
        config.checks().forEach(check -> wanted.put(subject(backend, check), check.settings()));
      }
    }
    return wanted;
  }

  private static Subject subject(Candidate backend, TcpCheck check) {
    var port = check.port() == 0 ? backend.port() : check.port();
    return new Subject(backend.name(), check.name(), backend.host(), port);
  }

  private static boolean stopped(
      Subject subject, Running running, Map<Subject, CheckSettings> wanted) {
    var stop = !wanted.containsKey(subject);
    if (stop) {
      running.runner().close();
    }
    return stop;
  }

  private void start(Subject subject, CheckSettings settings) {
    var before = running.get(subject);
    if (before != null && before.settings().equals(settings)) {
      return;
    }
    var state = before == null ? CheckState.unknown() : before.runner().state().recount();
    if (before != null) {
      before.runner().close();
    }
    var runner =
        new CheckRunner(
            prober.to(subject.host(), subject.port()),
            settings,
            state,
            around,
            transition -> observed(subject, transition));
    running.put(subject, new Running(settings, runner));
    told.putIfAbsent(subject.backend(), Health.Unknown);
    runner.start();
  }

  private void observed(Subject subject, Transition transition) {
    metrics.checked(subject.backend(), subject.check(), transition.next().passes() > 0);
    if (transition.flipped()) {
      tellIfChanged(subject.backend());
    }
  }

  private void tellIfChanged(String backend) {
    var health = health(backend);
    var verdict = health.verdict();
    if (told.put(backend, verdict) != verdict) {
      var why = health.why();
      listener.accept(new VerdictChanged(backend, verdict, why == null ? "" : why));
    }
  }

  private BackendHealth health(String backend) {
    var health = BackendHealth.none();
    for (var entry : running.entrySet()) {
      if (entry.getKey().backend().equals(backend)) {
        health = health.with(entry.getKey().check(), entry.getValue().runner().state());
      }
    }
    return health;
  }

  @Override
  public void close() {
    running.values().forEach(check -> check.runner().close());
    running.clear();
  }
}
