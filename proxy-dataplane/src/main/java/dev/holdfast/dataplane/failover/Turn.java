package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.Phase.Pending;
import dev.holdfast.health.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One step under way: the state so far, the effects so far, and what the step may look at. */
record Turn(FailoverState state, List<Effect> effects, FailoverPolicy policy, Instant now) {

  Turn {
    effects = List.copyOf(effects);
  }

  Turn with(FailoverState next) {
    return new Turn(next, effects, policy, now);
  }

  Turn phase(Phase next) {
    return with(state.with(next));
  }

  Turn effect(Effect effect) {
    var more = new ArrayList<>(effects);
    more.add(effect);
    return new Turn(state, more, policy, now);
  }

  Turn tell(Notice notice) {
    return effect(new Effect.Tell(notice));
  }

  BackendState backend(String name) {
    return state.backends().getOrDefault(name, missing(name));
  }

  /** Takes over what is known of a backend, and tells when its health changed by it. */
  Turn observed(BackendState next) {
    var name = next.candidate().name();
    var before = backend(name).health();
    var turn = with(state.with(next));
    return before == next.health()
        ? turn
        : turn.tell(new Notice.HealthChanged(name, before, next.health(), next.why()));
  }

  Turn connected(String backend, Outcome outcome) {
    return observed(backend(backend).connected(outcome, now));
  }

  /** Sends a probe; its number is then {@code state().probes()}. */
  Turn probe(Candidate candidate) {
    var turn = with(state.nextProbe());
    return turn.effect(new Effect.Probe(turn.state.probes(), candidate));
  }

  /** The probe that was sent last. */
  Pending pending() {
    return new Pending(state.probes(), now.plus(policy.probeDeadline()), false);
  }

  /** Instead of a probe that could not be sent. */
  Pending later(Pending unasked) {
    return new Pending(unasked.probe(), now.plus(policy.backoff().pause(0)), true);
  }

  /** Whether a selection may ask this candidate at all. */
  boolean eligible(Candidate candidate) {
    var known = backend(candidate.name());
    var ruledOut =
        switch (policy.mode()) {
          case Primary -> known.verdict();
          case FirstHealthy -> known.health();
        };
    return candidate.active() && ruledOut != Health.Unhealthy;
  }

  private static BackendState missing(String name) {
    return BackendState.fresh(
        new Candidate(name, "", 0, Candidate.Wish.Disabled, false), Instant.EPOCH);
  }
}
