package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.SwitchAnswer.Refusal;
import dev.holdfast.health.Health;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Probes for which this machine has no descriptor: they tell nothing of a backend. */
class NotAskedTest {
  private static final FailoverPolicy AB = Policies.primary("a", "b");
  private static final Outcome NOT_ASKED = new Outcome.NotAsked("too many open files");
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Test
  @DisplayName("A choice waits and asks the same candidate again: the next one does not win by it")
  void choice() {
    var scenario = Scenario.start(AB).answer(NOT_ASKED);
    assertThat(health(scenario, "a")).isEqualTo(Health.Unknown);
    scenario.done();
    assertThat(scenario.advance(PAUSE.minusMillis(1)).done()).isEmpty();
    assertThat(scenario.advance(Duration.ofMillis(1)).done()).containsExactly("probe a");
    assertThat(scenario.answer(NOT_ASKED).advance(PAUSE).done()).containsExactly("probe a");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("A candidate that is asked again and does not answer is discarded as ever")
  void silentLater() {
    var scenario = Scenario.start(AB).answer(NOT_ASKED).advance(PAUSE);
    scenario.done();
    assertThat(scenario.advance(AB.probeDeadline()).done()).containsExactly("probe b");
    assertThat(health(scenario, "a")).isEqualTo(Health.Unhealthy);
  }

  @Test
  @DisplayName("The primary of the process before is asked again, and goes on at its epoch")
  void resumed() {
    var scenario = Scenario.resume(AB, "b", 7).answer(NOT_ASKED).advance(PAUSE);
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("b/7");
  }

  @Test
  @DisplayName("A better backend is asked again after a pause, and the primary goes on meanwhile")
  void failback() {
    var policy = Policies.failback(Policies.checked(AB), new Failback.Immediate());
    var scenario = Scenario.start(policy).answer(REFUSED).answer(CONNECTED);
    scenario.verdict("a", Health.Healthy).answer(NOT_ASKED).done();
    assertThat(scenario.primary()).isEqualTo("b/1");
    assertThat(health(scenario, "a")).isEqualTo(Health.Healthy);
    assertThat(scenario.advance(PAUSE).done()).containsExactly("probe a");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("a/2");
  }

  @Test
  @DisplayName("Who asks for a switch is told at once that the target could not be asked")
  void switchover() {
    var scenario = Scenario.serving(AB).switchTo("b", false);
    scenario.told();
    assertThat(scenario.answer(NOT_ASKED).told())
        .containsExactly(new Notice.SwitchRefused("b", Refusal.Unreachable, "too many open files"));
    assertThat(scenario.primary()).isEqualTo("a/1");
    assertThat(health(scenario, "b")).isEqualTo(Health.Unknown);
  }

  @Test
  @DisplayName("A backend that failed is asked again at the next interval, and stays as it was")
  void recheck() {
    var scenario = Scenario.serving(AB).advance(PAUSE).connectFails().answer(REFUSED);
    scenario.answer(CONNECTED).done();
    assertThat(scenario.primary()).isEqualTo("b/2");
    var interval = AB.recheckInterval();
    assertThat(scenario.advance(interval).done()).containsExactly("probe a");
    assertThat(scenario.answer(NOT_ASKED).done()).isEmpty();
    assertThat(health(scenario, "a")).isEqualTo(Health.Unhealthy);
    assertThat(scenario.advance(interval.minusMillis(1)).done()).isEmpty();
    assertThat(scenario.advance(Duration.ofMillis(1)).done()).containsExactly("probe a");
  }

  private static Health health(Scenario scenario, String backend) {
    return scenario.state().backends().get(backend).health();
  }
}
