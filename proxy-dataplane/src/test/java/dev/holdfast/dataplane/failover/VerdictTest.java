package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.Health;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final FailoverPolicy AB = Policies.checked(Policies.primary("a", "b"));

  @Test
  @DisplayName("A primary whose checks say Unhealthy is left although connects still work")
  void left() {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1));
    scenario.verdict("a", Health.Healthy).done();
    assertThat(scenario.verdict("a", Health.Unhealthy).done())
        .containsExactly("withdraw", "probe b");
    scenario.answer(CONNECTED);
    assertThat(scenario.primary()).isEqualTo("b/2");
    assertThat(scenario.state().lastFailover().reason()).isEqualTo(Reason.CheckFailed);
  }

  @Test
  @DisplayName("An Unhealthy backend is no candidate, and with none left nothing is probed")
  void noCandidate() {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1));
    scenario.verdict("b", Health.Unhealthy).verdict("a", Health.Unhealthy);
    assertThat(scenario.done()).containsExactly("withdraw");
    assertThat(scenario.advance(Duration.ofHours(1)).done()).isEmpty();
  }

  @Test
  @DisplayName("The first backend whose checks pass again is chosen at once")
  void returns() {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1));
    scenario.verdict("b", Health.Unhealthy).verdict("a", Health.Unhealthy).done();
    scenario.advance(Duration.ofMinutes(10));
    assertThat(scenario.verdict("b", Health.Healthy).done()).containsExactly("probe b");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("b/2");
    assertThat(scenario.state().lastFailover().noPrimaryFor()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  @DisplayName("A healthy verdict ends the wait between rounds")
  void endsTheWait() {
    var scenario = Scenario.start(AB).answer(REFUSED).answer(REFUSED);
    scenario.advance(Duration.ofMillis(500)).done();
    assertThat(scenario.verdict("b", Health.Healthy).done()).containsExactly("probe a");
  }

  @Test
  @DisplayName("A candidate that falls ill while it is asked is passed over")
  void illWhileAsked() {
    var scenario = Scenario.start(AB);
    scenario.done();
    assertThat(scenario.verdict("a", Health.Unhealthy).done()).containsExactly("probe b");
  }

  @Test
  @DisplayName("A verdict on a backend that is not primary disturbs nothing")
  void bystander() {
    var scenario = Scenario.serving(AB);
    assertThat(scenario.verdict("b", Health.Unhealthy).done()).isEmpty();
    assertThat(scenario.state().backends().get("b").why()).isEqualTo("down");
  }

  @Test
  @DisplayName("A verdict on a backend that has no checks any more is ignored")
  void unchecked() {
    var scenario = Scenario.serving(Policies.primary("a", "b"));
    assertThat(scenario.verdict("a", Health.Unhealthy).done()).isEmpty();
    assertThat(scenario.primary()).isEqualTo("a/1");
  }
}
