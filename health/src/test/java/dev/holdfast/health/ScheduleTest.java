package dev.holdfast.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final CheckState STEADY = new CheckState(Health.Healthy, 9, 0, null, null);
  private static final CheckState FALLING = new CheckState(Health.Healthy, 0, 1, "refused", null);
  private final Random random = new Random(1);

  @Test
  @DisplayName("Pauses are spread by 10 % to both sides of the interval")
  void spread() {
    var schedule = new Schedule(Duration.ofSeconds(5), Duration.ofSeconds(1));
    var pauses = Stream.generate(() -> schedule.next(STEADY, random)).limit(1000).toList();
    assertThat(pauses)
        .allSatisfy(p -> assertThat(p).isBetween(Duration.ofMillis(4500), Duration.ofMillis(5500)))
        .anySatisfy(p -> assertThat(p).isLessThan(Duration.ofMillis(4600)))
        .anySatisfy(p -> assertThat(p).isGreaterThan(Duration.ofMillis(5400)));
  }

  @Test
  @DisplayName("In transition a check runs at its fast interval")
  void fast() {
    var schedule = new Schedule(Duration.ofSeconds(5), Duration.ofSeconds(1));
    assertThat(schedule.next(FALLING, random))
        .isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
  }

  @Test
  @DisplayName("A fast interval above the interval does not slow a check down")
  void fastIsNeverSlower() {
    var schedule = new Schedule(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(schedule.next(FALLING, random)).isLessThanOrEqualTo(Duration.ofMillis(550));
  }
}
