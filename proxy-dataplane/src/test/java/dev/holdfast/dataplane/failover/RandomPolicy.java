package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.FailoverPolicy.Mode;
import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes policies up, and changes them as people do. */
final class RandomPolicy {
  private final Random random;
  private final boolean checked;

  RandomPolicy(Random random) {
    this.random = random;
    this.checked = random.nextBoolean();
  }

  boolean checked() {
    return checked;
  }

  FailoverPolicy first() {
    var names = IntStream.rangeClosed(1, 1 + random.nextInt(4)).mapToObj(i -> "b" + i);
    return new FailoverPolicy(
        names.map(name -> Policies.candidate(name, checked)).toList(),
        random.nextBoolean() ? Mode.Primary : Mode.FirstHealthy,
        failback(),
        Duration.ofSeconds(6),
        new Backoff(
            Duration.ofMillis(random.nextInt(2000)), Duration.ofSeconds(random.nextInt(60))),
        Duration.ofSeconds(1 + random.nextInt(30)),
        onChange(),
        hooks());
  }

  /** One change, to the list or to the rest. */
  FailoverPolicy changed(FailoverPolicy policy) {
    return random.nextInt(3) == 0 ? rules(policy) : list(policy);
  }

  /** Other rules over the same backends. */
  private FailoverPolicy rules(FailoverPolicy policy) {
    return new FailoverPolicy(
        policy.candidates(),
        random.nextInt(4) == 0 ? pick(Mode.values()) : policy.mode(),
        random.nextBoolean() ? failback() : policy.failback(),
        policy.probeDeadline(),
        policy.backoff(),
        policy.recheckInterval(),
        random.nextBoolean() ? onChange() : policy.onPrimaryChange(),
        random.nextBoolean() ? hooks() : policy.hooks());
  }

  /** A backend more or less, another order, wish or place. */
  private FailoverPolicy list(FailoverPolicy policy) {
    var list = new ArrayList<>(policy.candidates());
    var i = random.nextInt(list.size());
    switch (random.nextInt(6)) {
      case 0 -> add(list);
      case 1 -> remove(list, i);
      case 2 -> Collections.shuffle(list, random);
      case 3 -> list.set(i, wished(list.get(i), Wish.Active));
      case 4 -> list.set(i, wished(list.get(i), pick(Wish.values())));
      default -> list.set(i, moved(list.get(i)));
    }
    return Policies.with(policy, list);
  }

  /** Everything Active again, for the calm at the end. */
  static FailoverPolicy allActive(FailoverPolicy policy) {
    return Policies.with(
        policy, policy.candidates().stream().map(c -> wished(c, Wish.Active)).toList());
  }

  private void add(List<Candidate> list) {
    var name = "b" + (1 + random.nextInt(9));
    if (list.size() < 6 && list.stream().noneMatch(c -> c.name().equals(name))) {
      list.add(random.nextInt(list.size() + 1), Policies.candidate(name, checked));
    }
  }

  private static void remove(List<Candidate> list, int i) {
    if (list.size() > 1) {
      list.remove(i);
    }
  }

  private static Candidate wished(Candidate c, Wish wish) {
    return new Candidate(c.name(), c.host(), c.port(), wish, c.checked());
  }

  private static Candidate moved(Candidate c) {
    return new Candidate(c.name(), c.host(), c.port() + 1, c.wish(), c.checked());
  }

  private Failback failback() {
    return switch (random.nextInt(3)) {
      case 0 -> new Failback.Never();
      case 1 -> new Failback.Immediate();
      default -> new Failback.AfterStable(Duration.ofSeconds(random.nextInt(60)));
    };
  }

  private PrimaryChange onChange() {
    return switch (random.nextInt(3)) {
      case 0 -> new PrimaryChange.Keep();
      case 1 -> new PrimaryChange.Drain(Duration.ofSeconds(10));
      default -> new PrimaryChange.Sever();
    };
  }

  private HookPlan hooks() {
    return switch (random.nextInt(3)) {
      case 0 -> new HookPlan(EnumSet.allOf(Trigger.class), Duration.ofSeconds(5));
      case 1 -> new HookPlan(EnumSet.of(pick(Trigger.values())), Duration.ofSeconds(5));
      default -> HookPlan.none();
    };
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
