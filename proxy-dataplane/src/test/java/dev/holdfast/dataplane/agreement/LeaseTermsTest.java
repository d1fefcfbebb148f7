package dev.holdfast.dataplane.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTermsTest {
  private static final double CLOCK_ERROR = 0.01;

  @ParameterizedTest
  @ValueSource(strings = {"PT0.5S", "PT3S", "PT60S"})
  @DisplayName("The slowest holder has ended before the fastest waiter goes on, with 8% to spare")
  void margin(Duration duration) {
    var terms = LeaseTerms.of(duration);
    var held = terms.heldFor().toNanos() * (1 + CLOCK_ERROR);
    var waited = terms.endedAfter().toNanos() * (1 - CLOCK_ERROR);
    assertThat((waited - held) / duration.toNanos()).isBetween(0.0799, 0.0801);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.5S", "PT3S", "PT60S"})
  @DisplayName("Three renewals in a row may be lost before a holder stops")
  void renewals(Duration duration) {
    var terms = LeaseTerms.of(duration);
    assertThat(terms.renewEvery().multipliedBy(3)).isLessThan(terms.heldFor());
  }
}
