package dev.holdfast.dataplane.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Thousands of made-up histories in virtual time. A history that breaks a law is printed; {@code
 * -Dholdfast.seed=N} runs that one alone.
 */
class SimulationTest {
  private static final long HISTORIES = Long.getLong("holdfast.histories", 1_000);
  private static final LeaseTerms TERMS = LeaseTerms.of(Simulation.LEASE);

  @Test
  @DisplayName("No history breaks a law, and every one ends with one primary for a majority")
  void laws() {
    seeds().parallel().forEach(SimulationTest::run);
  }

  @Test
  @DisplayName("The histories are rich: every kind of trouble, hooks that run again, many epochs")
  void rich() {
    var kinds = EnumSet.noneOf(SimulatedTrouble.Kind.class);
    long epochs = 0;
    long again = 0;
    long elections = 0;
    long failbacks = 0;
    for (long seed = 0; seed < 60; seed++) {
      var simulation = new Simulation(seed);
      var laws = simulation.run();
      kinds.addAll(simulation.troubles().struck().keySet());
      epochs += laws.epochs().size();
      failbacks += laws.failbacks();
      again += laws.hooksAgain();
      elections += simulation.log().elections();
    }
    assertThat(kinds).containsExactly(SimulatedTrouble.Kind.values());
    assertThat(epochs).as("epochs with clients").isGreaterThan(60);
    assertThat(again).as("epochs whose hooks ran again").isGreaterThan(5);
    assertThat(failbacks).as("failbacks").isGreaterThan(9);
    assertThat(elections).as("leaders").isGreaterThan(120);
  }

  @Test
  @DisplayName("A planted bug is found: a replica that ignores the end of its lease")
  void leaseIgnored() {
    var endless =
        new LeaseTerms(
            Duration.ofHours(1), TERMS.endedAfter(), TERMS.renewEvery(), TERMS.contactWithin());
    assertFound(seed -> new Simulation(seed, endless, Simulation.CLOCK_ERROR));
  }

  @Test
  @DisplayName("A planted bug is found: a successor that does not wait for the old leases")
  void noWait() {
    var hasty =
        new LeaseTerms(TERMS.heldFor(), Duration.ZERO, TERMS.renewEvery(), TERMS.contactWithin());
    assertFound(seed -> new Simulation(seed, hasty, Simulation.CLOCK_ERROR));
  }

  @Test
  @DisplayName("The margin is no luxury: clocks that are wrong by a fifth break a law")
  void drift() {
    assertFound(seed -> new Simulation(seed, TERMS, 0.2));
  }

  @Test
  @DisplayName("The same seed gives the same history")
  void repeatable() {
    var first = new Simulation(42);
    var second = new Simulation(42);
    first.run();
    second.run();
    assertThat(first.history()).isEqualTo(second.history()).isNotEmpty();
  }

  private static LongStream seeds() {
    var one = Long.getLong("holdfast.seed");
    return one == null ? LongStream.range(0, HISTORIES) : LongStream.of(one);
  }

  private static void assertFound(LongFunction<Simulation> planted) {
    var found =
        LongStream.range(0, 300).filter(seed -> twoBackends(planted.apply(seed))).findFirst();
    assertThat(found).as("a history that breaks a law").isPresent();
  }

  /** Only the law of one backend counts: another one may break for another reason. */
  private static boolean twoBackends(Simulation simulation) {
    try {
      simulation.run();
      return false;
    } catch (AssertionError broken) {
      return broken.getMessage().contains(SimulationLaws.ONE_BACKEND);
    }
  }

  private static void run(long seed) {
    var simulation = new Simulation(seed);
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
