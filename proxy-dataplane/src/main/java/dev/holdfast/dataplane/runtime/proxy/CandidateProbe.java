package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.config.HealthCheck;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.runtime.check.CheckSet;
import dev.holdfast.dataplane.runtime.check.CheckWord;
import dev.holdfast.health.probe.Address;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.ProbeResult;
import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.Probers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Finds out whether a backend may become primary: a connect, and when that succeeds a word of every
 * check. A check that runs all the time is asked for what it knows, or for its first result; others
 * are run, all at a time.
 */
final class CandidateProbe {
  private final Probers probers;
  private final CheckSet checks;
  private final Executor decisions;

  CandidateProbe(Probers probers, CheckSet checks, Executor decisions) {
    this.probers = probers;
    this.checks = checks;
    this.decisions = decisions;
  }

  CompletableFuture<Outcome> run(Candidate candidate, ProxyConfig config) {
    var address = new Address(candidate.host(), candidate.port());
    return probers
        .probe(new CheckKind.Tcp(0), address)
        .run(config.connectTimeout())
        .thenComposeAsync(
            connected ->
                switch (connected) {
                  case ProbeResult.Success _ -> ask(candidate, address, config.checks());
                  case Failure _ -> CompletableFuture.completedFuture(Outcomes.of(connected));
                },
            decisions);
  }

  private CompletableFuture<Outcome> ask(
      Candidate candidate, Address address, List<HealthCheck> all) {
    var words =
        all.stream()
            .map(check ->
                check.periodic()
                    ? checks.word(candidate.name(), check.name())
                    : once(check, address))
            .toList();
    return CompletableFuture.allOf(words.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> CheckWord.verdict(words.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<CheckWord> once(HealthCheck check, Address address) {
    return probers
        .probe(check.kind(), address)
        .run(check.settings().timeout())
        .handle((result, broken) ->
            broken == null
                ? CheckWord.of(check.name(), result)
                : new CheckWord.Objection(
                    "check " + check.name() + " could not be run: " + broken));
  }
}
