package dev.holdfast.faults.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.faults.check.Violation;
import dev.holdfast.faults.record.Observation;
import dev.holdfast.faults.record.Observation.Answered;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One run of faults. {@code -Dholdfast.faults.seed=} for another schedule, 0 for one that nobody
 * has seen; {@code -Dholdfast.faults.minutes=} for how long FailoverProxies take in all.
 */
record FaultRun(long seed, Duration length) {
  private static final int SHOWN = 20;

  /**
   * @param share of the minutes
   */
  static FaultRun ofProperties(double share) {
    var wanted = Long.getLong("holdfast.faults.seed", 1);
    var seed = wanted == 0 ? RandomGenerator.getDefault().nextInt(1, Integer.MAX_VALUE) : wanted;
    var minutes = Integer.getInteger("holdfast.faults.minutes", 10);
    var run = new FaultRun(seed, Duration.ofSeconds((long) (share * 60 * minutes)));
    System.out.printf("%d s, -Dholdfast.faults.seed=%d%n", run.length().toSeconds(), seed);
    return run;
  }

  /** Prints what happened, and fails when a promise was broken. */
  void assertNone(Lab lab, List<Violation> violations) {
    lab.records().history().forEach(System.out::println);
    List<Observation> observations = lab.records().observations();
    System.out.printf(
        "%d observations, %d answers, in %s%n",
        observations.size(),
        observations.stream().filter(Answered.class::isInstance).count(),
        lab.directory());
    assertThat(violations.stream().limit(SHOWN))
        .as("%d violations with seed %d; see %s", violations.size(), seed, lab.directory())
        .isEmpty();
  }
}
