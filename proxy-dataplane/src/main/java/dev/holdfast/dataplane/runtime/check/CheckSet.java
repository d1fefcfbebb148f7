package dev.holdfast.dataplane.runtime.check;

import dev.holdfast.dataplane.config.HealthCheck;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.health.BackendHealth;
import dev.holdfast.health.CheckState;
import dev.holdfast.health.CheckState.Transition;
import dev.holdfast.health.Health;
import dev.holdfast.health.Warning;
import dev.holdfast.health.probe.Address;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckRunner;
import dev.holdfast.health.probe.CheckSettings;
import dev.holdfast.health.probe.Probers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one resource that run all the time: one runner for each backend and check. Tells
 * when the verdict on a backend changes. Confined to the decision loop.
 */
public final class CheckSet implements AutoCloseable {

  /** What is looked at; a runner lives as long as this stays the same. */
  public record Subject(String backend, Address address, String check, CheckKind kind) {}

  private record Running(CheckSettings settings, CheckRunner runner) {}

  private final Probers probers;
  private final CheckRunner.Surroundings around;
  private final Listener listener;
  private final CheckLog log;
  private final CheckMetrics metrics;
  private final Map<Subject, Running> running = new LinkedHashMap<>();
  private final Map<Subject, CompletableFuture<CheckWord>> awaited = new HashMap<>();
  private final Set<Subject> unasked = new HashSet<>();
  private final Map<String, Health> told = new HashMap<>();

  /** Hears what the checks find out, on the decision loop. */
  public interface Listener {
    void judged(VerdictChanged verdict);

    /** One has run, whatever it found. */
    void checked(String backend);

    /** A check has another verdict than before. */
    void flipped();

    /** There is another warning, or none any more. */
    void warned();
  }

  public CheckSet(
      Probers probers,
      CheckRunner.Surroundings around,
      CheckLog log,
      CheckMetrics metrics,
      Listener listener) {
    this.probers = probers;
    this.around = around;
    this.log = log;
    this.metrics = metrics;
    this.listener = listener;
  }

  /** Starts, changes and stops runners as the configuration wants it; the others are left alone. */
  public void follow(ProxyConfig config) {
    follow(wanted(config));
    told.keySet().retainAll(config.policy().candidates().stream().map(Candidate::name).toList());
    told.keySet().forEach(this::tellIfChanged);
  }

  public void follow(Map<Subject, CheckSettings> wanted) {
    running.entrySet().removeIf(entry -> stopped(entry.getKey(), entry.getValue(), wanted));
    wanted.forEach(this::start);
  }

  /** Unknown for a check that does not run. */
  public CheckState state(String backend, String check) {
    return running.entrySet().stream()
        .filter(entry -> entry.getKey().backend().equals(backend))
        .filter(entry -> entry.getKey().check().equals(check))
        .findFirst()
        .map(entry -> entry.getValue().runner().state())
        .orElse(CheckState.unknown());
  }

  /**
   * What a check says of a backend: by what it knows, or by its first run when that is still to
   * come.
   */
  public CompletableFuture<CheckWord> word(String backend, String check) {
    var subject =
        running.keySet().stream()
            .filter(other -> other.backend().equals(backend) && other.check().equals(check))
            .findFirst();
    if (subject.isEmpty()) {
      return CompletableFuture.completedFuture(CheckWord.of(check, CheckState.unknown()));
    }
    var state = Objects.requireNonNull(running.get(subject.get())).runner().state();
    return state.equals(CheckState.unknown())
        ? awaited.computeIfAbsent(subject.get(), _ -> new CompletableFuture<>())
        : CompletableFuture.completedFuture(CheckWord.of(check, state));
  }

  /** By backend, what will become a failure if nobody does anything. */
  public Map<String, String> warnings() {
    var warnings = new HashMap<String, String>();
    for (var backend : told.keySet()) {
      var warning = health(backend).warning();
      if (warning != null) {
        warnings.put(backend, warning.text());
      }
    }
    return warnings;
  }

  private static Map<Subject, CheckSettings> wanted(ProxyConfig config) {
    var wanted = new LinkedHashMap<Subject, CheckSettings>();
    for (var backend : config.policy().candidates()) {
      if (backend.wish() != Wish.Disabled) {
        config.checks().stream()
            .filter(HealthCheck::periodic)
            .forEach(check -> wanted.put(subject(backend, check), check.settings()));
      }
    }
    return wanted;
  }

  private static Subject subject(Candidate backend, HealthCheck check) {
    var address = new Address(backend.host(), backend.port());
    return new Subject(backend.name(), address, check.name(), check.kind());
  }

  private boolean stopped(Subject subject, Running running, Map<Subject, CheckSettings> wanted) {
    var stop = !wanted.containsKey(subject);
    if (stop) {
      running.runner().close();
      unasked.remove(subject);
      heard(subject, CheckWord.of(subject.check(), CheckState.unknown()));
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
            probers.probe(subject.kind(), subject.address()),
            settings,
            state,
            around,
            new Ear(subject));
    running.put(subject, new Running(settings, runner));
    told.putIfAbsent(subject.backend(), Health.Unknown);
    runner.start();
  }

  private final class Ear implements CheckRunner.Listener {
    private final Subject subject;

    Ear(Subject subject) {
      this.subject = subject;
    }

    @Override
    public void observed(Transition transition) {
      if (unasked.remove(subject)) {
        log.askedAgain(subject.check(), subject.backend());
      }
      CheckSet.this.observed(subject, transition);
    }

    @Override
    public void notAsked(String why) {
      metrics.notAsked(subject.backend(), subject.check());
      if (unasked.add(subject)) {
        log.notAsked(subject.check(), subject.backend(), why);
      }
      heard(subject, CheckWord.nothing(subject.check(), why));
    }
  }

  private void observed(Subject subject, Transition transition) {
    var now = transition.next();
    metrics.checked(subject.backend(), subject.check(), now.passes() > 0, now.warning());
    if (transition.flipped()) {
      log.flipped(subject.check(), subject.backend(), transition.before().health(), now);
      tellIfChanged(subject.backend());
      listener.flipped();
    }
    tellWarning(subject, transition.before().warning(), now);
    heard(subject, CheckWord.of(subject.check(), now));
    listener.checked(subject.backend());
  }

  /** A failure says more than the warning did. */
  private void tellWarning(Subject subject, @Nullable Warning before, CheckState now) {
    if (!Objects.equals(before, now.warning())) {
      if (now.why() == null) {
        log.warned(subject.check(), subject.backend(), now.warning());
      }
      listener.warned();
    }
  }

  private void heard(Subject subject, CheckWord word) {
    var waiting = awaited.remove(subject);
    if (waiting != null) {
      waiting.complete(word);
    }
  }

  private void tellIfChanged(String backend) {
    var health = health(backend);
    var verdict = health.verdict();
    if (told.put(backend, verdict) != verdict) {
      var why = health.why();
      listener.judged(new VerdictChanged(backend, verdict, why == null ? "" : why));
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
    awaited.forEach((subject, waiting) ->
        waiting.complete(CheckWord.of(subject.check(), CheckState.unknown())));
    awaited.clear();
  }
}
