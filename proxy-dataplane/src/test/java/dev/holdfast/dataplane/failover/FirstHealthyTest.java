package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.Health;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FirstHealthyTest {
  private static final FailoverPolicy ABC = Policies.firstHealthy("a", "b", "c");
  private static final Duration RECHECK = Duration.ofSeconds(30);

  @Test
  @DisplayName("T11 Every backend is probed at the start, and one that fails starts as failed")
  void allProbedAtStart() {
    var scenario = Scenario.start(ABC).answer(CONNECTED);
    assertThat(scenario.done())
        .containsExactly("withdraw", "probe a", "record a/1", "admit a/1", "probe b", "probe c");
    scenario.answer(REFUSED);
    assertThat(scenario.state().backends().get("c").health()).isEqualTo(Health.Unhealthy);
    assertThat(scenario.primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("T13 A backend whose connect failed is marked and skipped; the next one is asked")
  void marked() {
    var scenario = Scenario.serving(ABC).advance(Duration.ofSeconds(1));
    assertThat(scenario.connectFails().done()).containsExactly("withdraw", "probe b");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("b/2");
    assertThat(scenario.state().backends().get("a").health()).isEqualTo(Health.Unhealthy);
  }

  @Test
  @DisplayName("T14 When all are marked nobody is admitted and none is tried before its recheck")
  void allFailed() {
    var scenario = Scenario.start(ABC).answer(REFUSED).answer(REFUSED).answer(REFUSED);
    assertThat(scenario.primary()).isEqualTo("none");
    scenario.done();
    assertThat(scenario.advance(RECHECK.minusMillis(1)).done()).isEmpty();
    assertThat(scenario.advance(Duration.ofMillis(1)).done())
        .containsExactly("probe a", "probe b", "probe c");
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("probe c");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("c/1");
  }

  @Test
  @DisplayName("T3 A backend that failed rests for recheckInterval, whoever else fails meanwhile")
  void rest() {
    var scenario = Scenario.serving(ABC).advance(Duration.ofSeconds(1));
    scenario.connectFails().answer(CONNECTED).advance(Duration.ofSeconds(1)).done();
    assertThat(scenario.primary()).isEqualTo("b/2");
    assertThat(scenario.connectFails().done()).contains("probe c").doesNotContain("probe a");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("c/3");
    scenario.done();
    assertThat(scenario.advance(RECHECK.minusSeconds(1)).done()).containsExactly("probe a");
  }

  @Test
  @DisplayName("T15 A marked backend is probed once per recheckInterval until it is back")
  void recheck() {
    var scenario = Scenario.serving(ABC).advance(Duration.ofSeconds(1));
    scenario.connectFails().answer(CONNECTED).done();
    for (int i = 0; i < 3; i++) {
      assertThat(scenario.advance(RECHECK.minusMillis(1)).done()).isEmpty();
      assertThat(scenario.advance(Duration.ofMillis(1)).done()).containsExactly("probe a");
      scenario.answer(REFUSED);
    }
    assertThat(scenario.primary()).isEqualTo("b/2");
  }

  @Test
  @DisplayName("T16 When it is back new clients go to it at once, and old sessions stay")
  void failback() {
    var scenario = Scenario.serving(ABC).advance(Duration.ofSeconds(1));
    scenario.connectFails().answer(CONNECTED).advance(RECHECK).done();
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("probe a");
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("record a/3", "admit a/3");
    var failover = scenario.state().lastFailover();
    assertThat(failover.reason()).isEqualTo(Reason.Failback);
    assertThat(failover.noPrimaryFor()).isZero();
  }

  @Test
  @DisplayName("A backend that is new at the top of the list is probed at once and takes over")
  void newAtTheTop() {
    var scenario = Scenario.serving(Policies.firstHealthy("b"));
    assertThat(scenario.apply(Policies.firstHealthy("a", "b")).done()).containsExactly("probe a");
    scenario.answer(CONNECTED).answer(CONNECTED);
    assertThat(scenario.primary()).isEqualTo("a/2");
  }

  @Test
  @DisplayName("With checks, a verdict brings a backend back without a recheck")
  void verdict() {
    var scenario = Scenario.serving(Policies.checked(ABC)).advance(Duration.ofSeconds(1));
    scenario.verdict("a", Health.Healthy).verdict("a", Health.Unhealthy).answer(CONNECTED).done();
    assertThat(scenario.primary()).isEqualTo("b/2");
    assertThat(scenario.advance(Duration.ofMinutes(5)).done()).isEmpty();
    scenario.verdict("a", Health.Healthy).answer(CONNECTED);
    assertThat(scenario.primary()).isEqualTo("a/3");
  }
}
