package dev.holdfast.dataplane.agreement.stick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.stick.StickSimulation.Bug;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of made-up histories in virtual time. A history that breaks a law is printed; {@code
 * -Dholdfast.seed=N} runs that one alone, {@code -Dholdfast.histories=N} more of them.
 */
class StickSimulationTest {
  private static final long HISTORIES = Long.getLong("holdfast.histories", 400);
  private static final LeaseTerms TERMS = LeaseTerms.of(StickSimulation.LEASE);

  @Test
  @DisplayName(
      "S15 S20 No key has live connections to two groups; every client is served in the end")
  void laws() {
    seeds().parallel().forEach(StickSimulationTest::run);
  }

  @Test
  @DisplayName("The histories are rich: every kind of trouble, and all that can become of a key")
  void rich() {
    var kinds = EnumSet.noneOf(TableTrouble.Kind.class);
    Map<String, Integer> happened = new TreeMap<>();
    int links = 0;
    for (long seed = 0; seed < 40; seed++) {
      var simulation = new StickSimulation(seed);
      var laws = simulation.run();
      kinds.addAll(simulation.troubles().struck().keySet());
      laws.happened().forEach((what, times) -> happened.merge(what, times, Integer::sum));
      links += laws.links();
    }
    assertThat(kinds).containsExactly(TableTrouble.Kind.values());
    assertThat(happened)
        .containsOnlyKeys(
            "Given",
            "Moved",
            "Expired",
            "Evicted",
            "Removed",
            "GroupGone",
            "GroupRemoved",
            "Fenced",
            "Full",
            "NoGroup",
            "Active",
            "Draining",
            "Disabled")
        .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(20));
    assertThat(links).as("clients that were served").isGreaterThan(4_000);
  }

  @Test
  @DisplayName("A planted bug is found: a claim that does not wait for the fence")
  void noFence() {
    assertFound(seed -> planted(seed, TERMS, Bug.NoFence));
  }

  @Test
  @DisplayName("A planted bug is found: a replica that says what it has cut before it has")
  void earlyCut() {
    assertFound(seed -> planted(seed, TERMS, Bug.EarlyCut));
  }

  @Test
  @DisplayName("A planted bug is found: a replica that ignores the end of its lease")
  void leaseIgnored() {
    var endless =
        new LeaseTerms(
            Duration.ofHours(1), TERMS.endedAfter(), TERMS.renewEvery(), TERMS.contactWithin());
    assertFound(seed -> planted(seed, endless, Bug.None));
  }

  @Test
  @DisplayName("A planted bug is found: a leader that waits for leases to end, but not long enough")
  void noWait() {
    var hasty =
        new LeaseTerms(
            TERMS.heldFor(), Duration.ofSeconds(2), TERMS.renewEvery(), TERMS.contactWithin());
    assertFound(seed -> planted(seed, hasty, Bug.None));
  }

  @Test
  @DisplayName("The margin is no luxury: clocks that are wrong by a fifth break a law")
  void drift() {
    assertFound(seed -> new StickSimulation(seed, TERMS, 0.2, Bug.None));
  }

  @Test
  @DisplayName("The same seed gives the same history")
  void repeatable() {
    var first = new StickSimulation(42);
    var second = new StickSimulation(42);
    first.run();
    second.run();
    assertThat(first.history()).isEqualTo(second.history()).isNotEmpty();
  }

  private static LongStream seeds() {
    var one = Long.getLong("holdfast.seed");
    return one == null ? LongStream.range(0, HISTORIES) : LongStream.of(one);
  }

  private static StickSimulation planted(long seed, LeaseTerms terms, Bug bug) {
    return new StickSimulation(seed, terms, StickSimulation.CLOCK_ERROR, bug);
  }

  private static void assertFound(LongFunction<StickSimulation> planted) {
    var found = LongStream.range(0, 300).filter(seed -> twoGroups(planted.apply(seed))).findFirst();
    assertThat(found).as("a history that breaks a law").isPresent();
  }

  /** Only the law of one group counts: another one may break for another reason. */
  private static boolean twoGroups(StickSimulation simulation) {
    try {
      simulation.run();
      return false;
    } catch (AssertionError broken) {
      return broken.getMessage().contains(StickSimulationLaws.ONE_GROUP);
    }
  }

  private static void run(long seed) {
    var simulation = new StickSimulation(seed);
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
