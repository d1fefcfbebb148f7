package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.Health;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FailbackTest {
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final FailoverPolicy CHECKED = Policies.checked(Policies.primary("a", "b"));

  @Test
  @DisplayName("Never: a better backend that is back is not even asked")
  void never() {
    var scenario = onB(CHECKED).verdict("a", Health.Healthy).advance(Duration.ofHours(1));
    assertThat(scenario.done()).isEmpty();
    assertThat(scenario.primary()).isEqualTo("b/2");
  }

  @Test
  @DisplayName("Immediate: a better backend is asked and takes over without a gap")
  void immediate() {
    var scenario = onB(Policies.failback(CHECKED, new Failback.Immediate()));
    assertThat(scenario.verdict("a", Health.Healthy).done()).containsExactly("probe a");
    assertThat(scenario.primary()).isEqualTo("b/2");
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("record a/3", "admit a/3");
  }

  @Test
  @DisplayName("A better backend that does not answer leaves the primary alone and is asked later")
  void notAnswering() {
    var scenario = onB(Policies.failback(CHECKED, new Failback.Immediate()));
    scenario.verdict("a", Health.Healthy).answer(REFUSED).done();
    assertThat(scenario.primary()).isEqualTo("b/2");
    assertThat(scenario.advance(Duration.ofSeconds(29)).done()).isEmpty();
    assertThat(scenario.advance(Duration.ofSeconds(1)).done()).containsExactly("probe a");
  }

  @Test
  @DisplayName("AfterStable: a better backend takes over when it was healthy for long enough")
  void afterStable() {
    var scenario = onB(Policies.failback(CHECKED, new Failback.AfterStable(STABLE)));
    scenario.verdict("a", Health.Healthy);
    assertThat(scenario.advance(STABLE.minusMillis(1)).done()).isEmpty();
    assertThat(scenario.advance(Duration.ofMillis(1)).done()).containsExactly("probe a");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("a/3");
  }

  @Test
  @DisplayName("AfterStable: a break begins the wait anew")
  void unstable() {
    var scenario = onB(Policies.failback(CHECKED, new Failback.AfterStable(STABLE)));
    scenario.verdict("a", Health.Healthy).advance(Duration.ofSeconds(50));
    scenario.verdict("a", Health.Unhealthy).verdict("a", Health.Healthy);
    assertThat(scenario.advance(Duration.ofSeconds(59)).done()).isEmpty();
    assertThat(scenario.advance(Duration.ofSeconds(1)).done()).containsExactly("probe a");
  }

  @Test
  @DisplayName("AfterStable without checks: rechecks watch over the wait")
  void withoutChecks() {
    var policy = Policies.failback(Policies.primary("a", "b"), new Failback.AfterStable(STABLE));
    var scenario = Scenario.serving(policy).advance(Duration.ofSeconds(1)).connectFails();
    scenario.answer(REFUSED).answer(CONNECTED).done();
    assertThat(scenario.advance(Duration.ofSeconds(30)).done()).containsExactly("probe a");
    scenario.answer(CONNECTED).advance(Duration.ofSeconds(30));
    assertThat(scenario.done()).containsExactly("probe a");
    scenario.answer(REFUSED).advance(STABLE);
    assertThat(scenario.primary()).isEqualTo("b/2");
  }

  @Test
  @DisplayName("A better backend that falls ill while it is asked is forgotten")
  void illWhileAsked() {
    var scenario = onB(Policies.failback(CHECKED, new Failback.Immediate()));
    scenario.verdict("a", Health.Healthy).verdict("a", Health.Unhealthy).done();
    assertThat(scenario.answer(CONNECTED).done()).isEmpty();
    assertThat(scenario.primary()).isEqualTo("b/2");
  }

  /** The primary is b, after the checks of a failed. */
  private static Scenario onB(FailoverPolicy policy) {
    var scenario = Scenario.serving(policy).advance(Duration.ofSeconds(1));
    scenario.verdict("a", Health.Unhealthy).answer(CONNECTED).done();
    return scenario;
  }
}
