package dev.holdfast.floatingip.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The faults to come. Confined to the cloud's lock. */
final class Faults {
  private static final int MAX_RULES = 1000;

  private final List<FaultRule> rules = new ArrayList<>();
  private final RandomGenerator random;

  Faults(RandomGenerator random) {
    this.random = random;
  }

  void add(FaultRule rule) {
    if (rules.size() >= MAX_RULES) {
      throw new IllegalArgumentException("expected at most " + MAX_RULES + " faults, found more");
    }
    rules.add(rule);
  }

  void clear() {
    rules.clear();
  }

  List<FaultRule> rules() {
    return List.copyOf(rules);
  }

  /** The first one that hits this request; it counts as used. */
  Optional<Fault> next(String method, String path) {
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      if (rule.hits(method, path) && random.nextDouble() < rule.probability()) {
        if (rule.times() <= 1) {
          rules.remove(i);
        } else {
          rules.set(i, rule.used());
        }
        return Optional.of(rule.fault());
      }
    }
    return Optional.empty();
  }
}
