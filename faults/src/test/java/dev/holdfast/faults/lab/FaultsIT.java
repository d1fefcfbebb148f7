package dev.holdfast.faults.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.faults.check.Checker;
import dev.holdfast.faults.record.Observation.Answered;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dholdfast.faults.seed=} for another schedule, 0 for one that nobody has seen; {@code
 * -Dholdfast.faults.minutes=} for how long it takes in all.
 */
class FaultsIT {
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final Duration PROGRESS_WITHIN = Duration.ofSeconds(240);
  private static final int SHOWN = 20;

  @Test
  @DisplayName("Three members keep what was promised, whatever fails")
  void threeMembers() throws Exception {
    prove(3, 0.6);
  }

  @Test
  @DisplayName("Five members keep what was promised, whatever fails")
  void fiveMembers() throws Exception {
    prove(5, 0.4);
  }

  /**
   * @param share of the time
   */
  private static void prove(int members, double share) throws Exception {
    var seed = seed();
    var length = Duration.ofSeconds((long) (share * 60 * minutes()));
    System.out.printf(
        "%d members, %d s, -Dholdfast.faults.seed=%d%n", members, length.toSeconds(), seed);
    try (var lab = new Lab(LabSettings.of(members, new FailoverScene(LEASE, PAUSE)))) {
      new Campaign(lab, PROGRESS_WITHIN).run(seed, length);
      var observations = lab.end();
      var violations = Checker.check(observations, PROGRESS_WITHIN);
      lab.records().history().forEach(System.out::println);
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

  private static long seed() {
    var wanted = Long.getLong("holdfast.faults.seed", 1);
    return wanted == 0 ? RandomGenerator.getDefault().nextInt(1, Integer.MAX_VALUE) : wanted;
  }

  private static int minutes() {
    return Integer.getInteger("holdfast.faults.minutes", 10);
  }
}
