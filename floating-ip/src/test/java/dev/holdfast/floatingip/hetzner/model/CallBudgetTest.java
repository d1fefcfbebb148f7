package dev.holdfast.floatingip.hetzner.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.hetzner.model.CallBudget.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallBudgetTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest(name = "{0} of 3600 left, reserve {1}, cost {2}: {3}")
  @DisplayName("polls are stretched as the budget shrinks, and never touch the reserve")
  @CsvSource({
    "3600, 60, 2, PT1M, ",
    "1800, 60, 2, PT1M, ",
    "1799, 60, 2, PT2M, ",
    "900, 60, 2, PT2M, ",
    "899, 60, 2, PT4M, ",
    "62, 60, 2, PT4M, ",
    "61, 60, 2, , PT1S",
    "60, 60, 2, , PT2S",
    "0, 60, 2, , PT1M2S",
    "0, 0, 2, , PT2S",
    "3600, 4000, 2, PT1M, ",
    "3599, 4000, 2, , PT1S",
  })
  void table(int remaining, int reserve, int cost, Duration interval, Duration wait) {
    var limit = new RateLimit(3600, remaining, NOW.plusSeconds(60), NOW);

    assertThat(new CallBudget(reserve, MINUTE).mayPoll(limit, cost, NOW))
        .isEqualTo(interval != null ? new Answer.Poll(interval) : new Answer.Wait(wait));
  }

  @Test
  @DisplayName("the budget that time has given back counts")
  void refills() {
    var limit = new RateLimit(3600, 0, NOW.plusSeconds(3600), NOW);

    assertThat(limit.available(NOW.plusSeconds(100))).isEqualTo(100);
    assertThat(limit.available(NOW.plusSeconds(7200))).isEqualTo(3600);
    assertThat(limit.until(10, NOW.plusSeconds(4))).isEqualTo(Duration.ofSeconds(6));
    assertThat(new CallBudget(60, MINUTE).mayPoll(limit, 2, NOW.plusSeconds(62)))
        .isEqualTo(new Answer.Poll(MINUTE.multipliedBy(4)));
  }

  @Test
  @DisplayName("before the first answer one poll finds out")
  void unknown() {
    assertThat(new CallBudget(60, MINUTE).mayPoll(null, 2, NOW)).isEqualTo(new Answer.Poll(MINUTE));
  }

  @ParameterizedTest(name = "{0} servers and {1} IPs cost {2}")
  @DisplayName("a poll costs every page of both lists")
  @CsvSource({"0, 0, 2", "50, 50, 2", "51, 50, 3", "100, 1000, 22"})
  void cost(int servers, int ips, int cost) {
    assertThat(CallBudget.pollCost(servers, ips)).isEqualTo(cost);
  }
}
