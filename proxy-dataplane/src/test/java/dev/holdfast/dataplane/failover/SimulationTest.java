package dev.holdfast.dataplane.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Thousands of made-up histories in virtual time. A history that breaks a law is printed; {@code
 * -Dholdfast.seed=N} runs that one alone.
 */
class SimulationTest {
  private static final long HISTORIES = Long.getLong("holdfast.histories", 3_000);

  @Test
  @DisplayName("No history breaks a law, and every one ends with a usable backend admitted")
  void laws() {
    seeds().parallel().forEach(SimulationTest::run);
  }

  @Test
  @DisplayName("The histories are rich: they hold every reason for a new primary")
  void rich() {
    var reasons =
        LongStream.range(0, 300)
            .mapToObj(seed -> new Simulation(seed).run())
            .flatMap(laws -> laws.reasons().stream())
            .distinct()
            .toList();
    assertThat(reasons).containsExactlyInAnyOrder(Reason.values());
  }

  @Test
  @DisplayName("The histories are rich: clients are held, processes restart, hooks are cut short")
  void eventful() {
    int restarts = 0;
    int again = 0;
    int released = 0;
    int closed = 0;
    for (long seed = 0; seed < 300; seed++) {
      var simulation = new Simulation(seed);
      var laws = simulation.run();
      restarts += laws.restarts();
      again += laws.hooksAgain();
      released += simulation.held().released();
      closed += simulation.held().closed();
    }
    assertThat(restarts).as("restarts").isGreaterThan(300);
    assertThat(again).as("hooks that ran again").isGreaterThan(20);
    assertThat(released).as("held clients that were let through").isGreaterThan(300);
    assertThat(closed).as("held clients that were closed").isGreaterThan(300);
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
