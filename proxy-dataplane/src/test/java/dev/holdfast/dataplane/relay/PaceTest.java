package dev.holdfast.dataplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long START = Long.MAX_VALUE - 1_000;

  @Test
  @DisplayName("who asks all the time gets the rate, from the first moment on")
  void rate() {
    var pace = new Pace(100, START);
    var taken = 0;
    for (var millis = 0; millis < 2_000; millis++) {
      taken += pace.take(START + TimeUnit.MILLISECONDS.toNanos(millis)) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(200);
  }

  @Test
  @DisplayName("a turn is due at the time that is told, and not before")
  void due() {
    var pace = new Pace(4, START);
    assertThat(pace.take(START)).isTrue();
    assertThat(pace.next()).isEqualTo(START + 250_000_000);
    assertThat(pace.take(pace.next() - 1)).isFalse();
    assertThat(pace.take(pace.next())).isTrue();
  }

  @Test
  @DisplayName("turns that nobody took are lost, but for those of a twentieth of a second")
  void noBurst() {
    var pace = new Pace(1_000, START);
    var later = START + TimeUnit.SECONDS.toNanos(10);
    var taken = 0;
    while (pace.take(later)) {
      taken++;
    }
    assertThat(taken).isEqualTo(51);
  }
}
