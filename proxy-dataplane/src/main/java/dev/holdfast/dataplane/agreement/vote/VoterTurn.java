package dev.holdfast.dataplane.agreement.vote;

import dev.holdfast.dataplane.failover.BackendState;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step of a voter under way; changed in place, and gone when the step is over. */
final class VoterTurn {
  private static final Outcome SILENT =
      new Outcome.Failed(Reason.ConnectTimeout, "no answer in time");

  private final Map<String, Finding> findings;
  private final List<VoterEffect> effects = new ArrayList<>();
  private final VoterPolicy policy;
  private final Instant now;
  private long tries;
  private boolean casts;

  VoterTurn(VoterState state, VoterPolicy policy, Instant now) {
    findings = new HashMap<>(state.findings());
    tries = state.tries();
    this.policy = policy;
    this.now = now;
  }

  /** What is known of a backend stays while it stays where it is. */
  void follow() {
    var before = Map.copyOf(findings);
    findings.clear();
    for (var candidate : policy.candidates()) {
      var known = before.get(candidate.name());
      findings.put(
          candidate.name(),
          known != null && known.backend().candidate().samePlace(candidate)
              ? known.with(known.backend().configured(candidate, now))
              : Finding.none(BackendState.fresh(candidate, now)));
    }
    // what failed before it was disabled was not tried since
    names(Finding::isLeftUnusable).forEach(this::begin);
    casts = true;
  }

  void judged(String name, Health verdict, String why) {
    change(name, finding -> finding.with(finding.backend().judged(verdict, why, now)));
    found(name);
  }

  void found(String name) {
    change(name, finding -> finding.found(now));
    casts = true;
  }

  void asked(List<String> names) {
    names.forEach(this::begin);
    casts = true;
  }

  /** What is being tried already is left to that. */
  private void begin(String name) {
    var finding = findings.get(name);
    if (finding == null
        || finding.attempt() != null
        || finding.backend().candidate().wish() == Wish.Disabled) {
      return;
    }
    tries++;
    var attempt = new Finding.Attempt(tries, now.plus(policy.tryDeadline()));
    findings.put(name, finding.trying(attempt));
    effects.add(new VoterEffect.Try(tries, finding.backend().candidate()));
  }

  void tried(long number, Outcome outcome) {
    names(finding -> finding.awaits(number)).forEach(name -> ended(name, outcome));
  }

  private void ended(String name, Outcome outcome) {
    change(name, finding -> finding.with(finding.backend().connected(outcome, now)));
    switch (outcome) {
      case Outcome.Connected _ -> {
        change(name, Finding::connected);
        found(name);
      }
      case Outcome.Failed _ -> {
        change(name, this::tryAgain);
        found(name);
      }
      case Outcome.NotAsked _ -> change(name, this::tryAgain);
    }
  }

  private Finding tryAgain(Finding finding) {
    return finding.tryAgain(now.plus(policy.pause(finding.failures() + 1)));
  }

  /** A try that does not answer has failed: it would keep others from being made. */
  void expire() {
    names(finding -> finding.attempt() != null && isDue(finding.attempt().deadline()))
        .forEach(name -> ended(name, SILENT));
  }

  void tryDueAgain() {
    for (var name : names(finding -> isDue(finding.again()))) {
      var backend = Objects.requireNonNull(findings.get(name)).backend();
      if (backend.reached() == Health.Healthy || backend.candidate().wish() == Wish.Disabled) {
        change(name, Finding::connected);
      } else {
        begin(name);
      }
    }
  }

  private boolean isDue(@Nullable Instant at) {
    return at != null && !now.isBefore(at);
  }

  private List<String> names(Predicate<Finding> which) {
    return findings.keySet().stream()
        .filter(name -> which.test(Objects.requireNonNull(findings.get(name))))
        .sorted()
        .toList();
  }

  private void change(String name, UnaryOperator<Finding> how) {
    findings.computeIfPresent(name, (key, finding) -> how.apply(finding));
  }

  Voter.Step end() {
    var wakeAt =
        findings.values().stream()
            .flatMap(finding ->
                Stream.of(
                    finding.again(),
                    finding.attempt() == null ? null : finding.attempt().deadline()))
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    if (casts) {
      effects.add(new VoterEffect.Cast());
    }
    return new Voter.Step(new VoterState(findings, tries, wakeAt), List.copyOf(effects));
  }
}
