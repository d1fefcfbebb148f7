package dev.holdfast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayDurationTest {

  @ParameterizedTest(name = "{0} is {1} ms")
  @DisplayName("A text means the sum of its parts")
  @CsvSource({
    "0s, 0",
    "0h, 0",
    "412ms, 412",
    "5s, 5000",
    "1m30s, 90000",
    "1h, 3600000",
    "99999h, 359996400000",
    "1h1m1s1ms, 3661001",
    "30s1m, 90000",
    "1s1s, 2000"
  })
  void parses(String text, long millis) {
    assertThat(GatewayDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @DisplayName("Another form is refused and the message shows it")
  @ValueSource(
      strings = {"", "5", "s", "5 s", "-5s", "1.5s", "100000s", "5S", "1d", "1s1s1s1s1s", "5s\n"})
  void refuses(String text) {
    assertThatThrownBy(() -> GatewayDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("1m30s");
  }

  @ParameterizedTest(name = "{0} ms is {1}")
  @DisplayName("A duration is written in its largest units")
  @CsvSource({"0, 0s", "412, 412ms", "60000, 1m", "90000, 1m30s", "3661001, 1h1m1s1ms"})
  void formats(long millis, String text) {
    assertThat(GatewayDuration.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  @DisplayName("What is written is read back, up to the longest duration")
  void roundTrip() {
    var random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      var duration = Duration.ofMillis(random.nextLong(GatewayDuration.MAX.toMillis() + 1));
      assertThat(GatewayDuration.parse(GatewayDuration.format(duration))).isEqualTo(duration);
    }
  }

  @Test
  @DisplayName("A negative duration and one above the longest cannot be written")
  void outOfRange() {
    assertThatThrownBy(() -> GatewayDuration.format(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GatewayDuration.format(GatewayDuration.MAX.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99999h59m59s999ms");
  }
}
