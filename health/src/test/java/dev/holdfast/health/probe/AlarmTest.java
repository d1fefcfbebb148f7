package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private final VirtualTimers timers = new VirtualTimers();
  private final List<Instant> wentOff = new ArrayList<>();
  private final Alarm alarm = new Alarm(timers, () -> wentOff.add(timers.now()));

  @Test
  @DisplayName("It goes off once, at the instant that was set last")
  void last() {
    alarm.set(Instant.ofEpochSecond(3));
    alarm.set(Instant.ofEpochSecond(1));
    alarm.set(Instant.ofEpochSecond(2));
    timers.advance(Duration.ofSeconds(10));
    assertThat(wentOff).containsExactly(Instant.ofEpochSecond(2));
  }

  @Test
  @DisplayName("It can be set again for the instant at which it went off, and be taken back")
  void again() {
    alarm.set(Instant.ofEpochSecond(1));
    timers.advance(Duration.ofSeconds(1));
    alarm.set(Instant.ofEpochSecond(1));
    timers.advance(Duration.ofSeconds(1));
    assertThat(wentOff).hasSize(2);
    alarm.set(Instant.ofEpochSecond(5));
    alarm.set(null);
    timers.advance(Duration.ofSeconds(10));
    assertThat(wentOff).hasSize(2);
  }
}
