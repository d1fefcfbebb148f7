package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.FailoverPolicy.Mode;
import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** Policies for tests: the documented defaults, and one change at a time. */
final class Policies {
  private Policies() {}

  /** Mode Primary over backends without checks. */
  static FailoverPolicy primary(String... names) {
    return policy(candidates(false, names), Mode.Primary, new Failback.Never());
  }

  static FailoverPolicy firstHealthy(String... names) {
    return policy(candidates(false, names), Mode.FirstHealthy, new Failback.Immediate());
  }

  static FailoverPolicy checked(FailoverPolicy policy) {
    return with(
        policy,
        policy.candidates().stream()
            .map(c -> new Candidate(c.name(), c.host(), c.port(), c.wish(), true))
            .toList());
  }

  static FailoverPolicy wish(FailoverPolicy policy, String name, Wish wish) {
    return with(
        policy,
        policy.candidates().stream()
            .map(c ->
                c.name().equals(name)
                    ? new Candidate(name, c.host(), c.port(), wish, c.checked())
                    : c)
            .toList());
  }

  static FailoverPolicy with(FailoverPolicy policy, List<Candidate> candidates) {
    return new FailoverPolicy(
        candidates,
        policy.mode(),
        policy.failback(),
        policy.probeDeadline(),
        policy.backoff(),
        policy.recheckInterval(),
        policy.onPrimaryChange(),
        policy.hooks());
  }

  static FailoverPolicy failback(FailoverPolicy policy, Failback failback) {
    return new FailoverPolicy(
        policy.candidates(),
        policy.mode(),
        failback,
        policy.probeDeadline(),
        policy.backoff(),
        policy.recheckInterval(),
        policy.onPrimaryChange(),
        policy.hooks());
  }

  static FailoverPolicy onChange(FailoverPolicy policy, PrimaryChange change) {
    return new FailoverPolicy(
        policy.candidates(),
        policy.mode(),
        policy.failback(),
        policy.probeDeadline(),
        policy.backoff(),
        policy.recheckInterval(),
        change,
        policy.hooks());
  }

  static FailoverPolicy backoff(FailoverPolicy policy, Duration initial, Duration max) {
    return new FailoverPolicy(
        policy.candidates(),
        policy.mode(),
        policy.failback(),
        policy.probeDeadline(),
        new Backoff(initial, max),
        policy.recheckInterval(),
        policy.onPrimaryChange(),
        policy.hooks());
  }

  /** Hooks at every change. */
  static FailoverPolicy hooked(FailoverPolicy policy) {
    return new FailoverPolicy(
        policy.candidates(),
        policy.mode(),
        policy.failback(),
        policy.probeDeadline(),
        policy.backoff(),
        policy.recheckInterval(),
        policy.onPrimaryChange(),
        new HookPlan(EnumSet.allOf(Trigger.class), Duration.ofSeconds(30)));
  }

  static Candidate candidate(String name, boolean checked) {
    return new Candidate(name, name + ".db", 5432, Wish.Active, checked);
  }

  private static List<Candidate> candidates(boolean checked, String... names) {
    return Stream.of(names).map(name -> candidate(name, checked)).toList();
  }

  private static FailoverPolicy policy(List<Candidate> candidates, Mode mode, Failback failback) {
    return new FailoverPolicy(
        candidates,
        mode,
        failback,
        Duration.ofSeconds(6),
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
        Duration.ofSeconds(30),
        new PrimaryChange.Keep(),
        HookPlan.none());
  }
}
