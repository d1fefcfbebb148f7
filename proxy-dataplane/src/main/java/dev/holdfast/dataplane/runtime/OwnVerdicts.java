package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.BackendState;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.health.Health;
import dev.holdfast.health.probe.DecisionLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this replica found out about the backends: by checks that run all the time, and by tries
 * when it is asked. What a try found unusable is tried again until it is not. Confined to the
 * decision loop.
 */
final class OwnVerdicts {
  private final DecisionLoop loop;
  private final CandidateProbe prober;
  private final ProxyMetrics metrics;
  private final DecisionLog log;
  private final Runnable found;
  private final Map<String, BackendState> backends = new TreeMap<>();
  private final Map<String, Instant> foundAt = new HashMap<>();
  private final Set<String> trying = new HashSet<>();
  private ProxyConfig config;

  /**
   * @param found called when something was found out, new or not
   */
  OwnVerdicts(Equipment equipment, ProxyConfig config, Runnable found) {
    loop = equipment.around().decisions();
    prober = equipment.prober();
    metrics = equipment.metrics();
    log = new DecisionLog(config.key().toString());
    this.config = config;
    this.found = found;
    follow(config);
  }

  void follow(ProxyConfig next) {
    config = next;
    var now = loop.now();
    var before = Map.copyOf(backends);
    backends.clear();
    for (var candidate : config.policy().candidates()) {
      var known = before.get(candidate.name());
      if (known != null && known.candidate().samePlace(candidate)) {
        backends.put(candidate.name(), known.configured(candidate, now));
      } else {
        backends.put(candidate.name(), BackendState.fresh(candidate, now));
        foundAt.remove(candidate.name());
      }
    }
    foundAt.keySet().retainAll(backends.keySet());
  }

  Map<String, BackendState> backends() {
    return backends;
  }

  void judged(VerdictChanged verdict) {
    backends.computeIfPresent(
        verdict.backend(),
        (name, backend) -> backend.judged(verdict.verdict(), verdict.why(), loop.now()));
    checked(verdict.backend());
  }

  void checked(String backend) {
    foundAt.put(backend, loop.now());
    found.run();
  }

  /** Those that are being tried already are left to that. */
  void tryNow(Collection<String> names) {
    for (var name : names) {
      var backend = backends.get(name);
      if (backend != null && backend.candidate().wish() != Wish.Disabled && trying.add(name)) {
        var candidate = backend.candidate();
        prober
            .run(candidate, config)
            .thenAccept(outcome -> loop.execute(() -> answered(candidate, outcome)));
      }
    }
  }

  private void answered(Candidate candidate, Outcome outcome) {
    trying.remove(candidate.name());
    log.probed(candidate, outcome);
    metrics.probed(candidate.name(), outcome);
    var backend = backends.get(candidate.name());
    if (backend == null || !backend.candidate().samePlace(candidate)) {
      return;
    }
    backends.put(candidate.name(), backend.connected(outcome, loop.now()));
    switch (outcome) {
      case Outcome.Connected _ -> checked(candidate.name());
      case Outcome.Failed _ -> {
        checked(candidate.name());
        tryLater(candidate.name());
      }
      case Outcome.NotAsked _ -> tryLater(candidate.name());
    }
  }

  private void tryLater(String name) {
    var beforeVoid = verdictAge().dividedBy(2);
    var pause = config.policy().recheckInterval();
    loop.after(pause.compareTo(beforeVoid) < 0 ? pause : beforeVoid, () -> tryAgain(name));
  }

  private void tryAgain(String name) {
    var backend = backends.get(name);
    if (backend != null && backend.reached() != Health.Healthy) {
      tryNow(Set.of(name));
    }
  }

  /** Whether the newest try failed, or another is under way. */
  boolean isInDoubt(String name) {
    var backend = backends.get(name);
    return trying.contains(name) || (backend != null && backend.reached() == Health.Unhealthy);
  }

  /** Those that say something, and are not nearly void. */
  Map<String, Health> votes() {
    var votes = new TreeMap<String, Health>();
    backends.forEach((name, backend) -> {
      var vote = vote(backend);
      if (vote != Health.Unknown && isFresh(foundAt.get(name))) {
        votes.put(name, vote);
      }
    });
    return votes;
  }

  /** A ballot is as old as its oldest vote: one that is nearly void would take others with it. */
  private boolean isFresh(@Nullable Instant found) {
    return found != null
        && Duration.between(found, loop.now()).compareTo(verdictAge().multipliedBy(3).dividedBy(4))
            < 0;
  }

  private Duration verdictAge() {
    return Objects.requireNonNull(config.agreement(), "a resource that agrees").verdictAge();
  }

  /** A try may say that a backend is usable before its checks have passed as often as they must. */
  private static Health vote(BackendState backend) {
    return backend.health() == Health.Unknown ? backend.reached() : backend.health();
  }

  /** Of the oldest vote. */
  Duration age() {
    return votes().keySet().stream()
        .map(name -> foundAt.getOrDefault(name, loop.now()))
        .min(Comparator.naturalOrder())
        .map(oldest -> Duration.between(oldest, loop.now()))
        .orElse(Duration.ZERO);
  }
}
