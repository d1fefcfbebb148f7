package dev.holdfast.dataplane.agreement;

import dev.holdfast.dataplane.agreement.member.MemberPolicy;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.HookPlan;
import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The backends, from where they can be reached, and what the configuration says of them. */
final class SimulatedBackends {
  private record Unreachable(MemberId from, String backend) {}

  private final Random random;
  private final Set<String> down = new TreeSet<>();
  private final Set<Unreachable> unreachable = new HashSet<>();

  SimulatedBackends(Random random) {
    this.random = random;
  }

  boolean up(String backend) {
    return !down.contains(backend);
  }

  boolean reachable(MemberId from, String backend) {
    return up(backend) && !unreachable.contains(new Unreachable(from, backend));
  }

  /** Breaks or mends one, for all members or for one. */
  void change(MemberPolicy policy, List<MemberId> members) {
    var backend = any(policy.candidates()).name();
    var member = any(members);
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> down.add(backend);
      case 3 -> unreachable.add(new Unreachable(member, backend));
      default -> {
        down.remove(backend);
        unreachable.removeIf(way -> way.backend().equals(backend));
      }
    }
  }

  /** From now on each is there for everybody or for nobody, and one of them is. */
  void settle(MemberPolicy policy) {
    unreachable.clear();
    down.clear();
    var lucky = any(policy.candidates());
    for (var candidate : policy.candidates()) {
      if (!candidate.equals(lucky) && random.nextBoolean()) {
        down.add(candidate.name());
      }
    }
  }

  /**
   * @param checked whether they are tried all the time, and not only when the leader asks
   */
  MemberPolicy policy(LeaseTerms terms, boolean checked) {
    var candidates = new ArrayList<Candidate>();
    for (int i = 1; i <= 2 + random.nextInt(2); i++) {
      candidates.add(new Candidate("b" + i, "10.0.0." + i, 5432, Wish.Active, checked));
    }
    var on =
        switch (random.nextInt(3)) {
          case 0 -> Set.<Trigger>of();
          case 1 -> Set.of(Trigger.Failover);
          default -> Set.of(Trigger.values());
        };
    var floor = random.nextInt(3) == 0 ? new MemberPolicy.Floor("b2", 7) : null;
    return new MemberPolicy(
        terms,
        1,
        candidates,
        new HookPlan(on, Duration.ofSeconds(6)),
        new Backoff(Duration.ofMillis(500), Duration.ofSeconds(2)),
        Duration.ofSeconds(3),
        failback(),
        floor);
  }

  private Failback failback() {
    return switch (random.nextInt(3)) {
      case 0 -> new Failback.Immediate();
      case 1 -> new Failback.AfterStable(Duration.ofSeconds(2));
      default -> new Failback.Never();
    };
  }

  /** Another order, another wish, or another place for one of them. */
  MemberPolicy changed(MemberPolicy policy) {
    var candidates = new ArrayList<>(policy.candidates());
    var one = random.nextInt(candidates.size());
    var old = candidates.get(one);
    switch (random.nextInt(3)) {
      case 0 -> Collections.shuffle(candidates, random);
      case 1 -> candidates.set(one, with(old, old.port(), any(List.of(Wish.values()))));
      default -> candidates.set(one, with(old, old.port() + 1, old.wish()));
    }
    return next(policy, candidates);
  }

  MemberPolicy allActive(MemberPolicy policy) {
    return next(
        policy, policy.candidates().stream().map(c -> with(c, c.port(), Wish.Active)).toList());
  }

  private static Candidate with(Candidate old, int port, Wish wish) {
    return new Candidate(old.name(), old.host(), port, wish, old.checked());
  }

  private static MemberPolicy next(MemberPolicy policy, List<Candidate> candidates) {
    return new MemberPolicy(
        policy.terms(),
        policy.generation() + 1,
        candidates,
        policy.hooks(),
        policy.backoff(),
        policy.verdictAge(),
        policy.failback(),
        policy.floor());
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
