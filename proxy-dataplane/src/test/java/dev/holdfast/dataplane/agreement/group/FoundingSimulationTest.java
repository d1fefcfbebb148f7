package dev.holdfast.dataplane.agreement.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.group.FoundingSimulation.Planted;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Thousands of made-up histories. One that breaks a law is printed; {@code -Dholdfast.seed=N} runs
 * that one alone.
 */
class FoundingSimulationTest {
  private static final long HISTORIES = Long.getLong("holdfast.histories", 2_000);

  @Test
  @DisplayName("No history has two groups that commit, and every one ends with one of all peers")
  void laws() {
    var one = Long.getLong("holdfast.seed");
    var seeds = one == null ? LongStream.range(0, HISTORIES) : LongStream.of(one);
    seeds.forEach(FoundingSimulationTest::run);
  }

  @Test
  @DisplayName("The histories lose disks, also before the group commits")
  void rich() {
    var lost = 0;
    for (long seed = 0; seed < 100; seed++) {
      var simulation = new FoundingSimulation(seed, Planted.Nothing);
      simulation.run();
      lost += simulation.lostDisks;
    }
    assertThat(lost).isGreaterThan(200);
  }

  @Test
  @DisplayName("A planted bug is found: a founder that does not wait for an answer from all")
  void silenceIsConsent() {
    assertFound(Planted.SilenceIsConsent);
  }

  private static void assertFound(Planted planted) {
    var found = LongStream.range(0, 3_000).filter(seed -> breaks(seed, planted)).findFirst();
    assertThat(found).as("a history that breaks a law").isPresent();
  }

  private static boolean breaks(long seed, Planted planted) {
    try {
      new FoundingSimulation(seed, planted).run();
      return false;
    } catch (AssertionError broken) {
      return true;
    }
  }

  private static void run(long seed) {
    var simulation = new FoundingSimulation(seed, Planted.Nothing);
    try {
      simulation.run();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(
          "seed %d (run it alone with -Dholdfast.seed=%d): %s%n%s"
              .formatted(seed, seed, broken.getMessage(), String.join("\n", simulation.history())),
          broken);
    }
  }
}
