package dev.holdfast.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "0, PT0S",
    "5s, PT5S",
    "1m30s, PT1M30S",
    "1.5h, PT1H30M",
    ".5s, PT0.5S",
    "1.s, PT1S",
    "+300ms, PT0.3S",
    "-1s, PT-1S",
    "2us, PT0.000002S",
    "2µs, PT0.000002S",
    "1ns, PT0.000000001S",
  })
  @DisplayName("Reads what Go reads")
  void parse(String text, Duration duration) {
    assertThat(GoDuration.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"", "5", "s", "5 s", "5S", "5d", "--5s", ".s", "1e3s", "2562048h"})
  @DisplayName("Refuses what Go refuses")
  void malformed(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found '" + text + "'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "PT0S, 0s",
    "PT0.0004S, 0s",
    "PT0.25S, 250ms",
    "PT1S, 1s",
    "PT1.5S, 1.5s",
    "PT1M, 1m0s",
    "PT1M30.25S, 1m30.25s",
    "PT1H, 1h0m0s",
    "PT26H3S, 26h0m3s",
    "PT10M, 10m0s",
    "PT20S, 20s",
  })
  @DisplayName("Prints as Go prints, to the millisecond")
  void format(Duration duration, String text) {
    assertThat(GoDuration.format(duration)).isEqualTo(text);
  }
}
