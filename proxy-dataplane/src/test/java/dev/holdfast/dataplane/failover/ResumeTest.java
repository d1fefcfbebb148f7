package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.health.Health;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResumeTest {
  private static final FailoverPolicy AB = Policies.primary("a", "b");

  @Test
  @DisplayName("A new process resumes the primary at its epoch, without hooks and without Initial")
  void resumed() {
    var scenario = Scenario.resume(Policies.hooked(AB), "b", 7);
    assertThat(scenario.done()).containsExactly("withdraw", "probe b");
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("record b/7", "admit b/7");
    assertThat(scenario.state().primary().orElseThrow().reason()).isEqualTo(Reason.Resumed);
    assertThat(scenario.state().lastFailover()).isNull();
  }

  @Test
  @DisplayName("A primary that does not answer is not resumed; the next epoch is above the floor")
  void refused() {
    var scenario = Scenario.resume(AB, "b", 7).answer(REFUSED);
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("a/8");
    var failover = scenario.state().lastFailover();
    assertThat(failover.from()).isEqualTo("b");
    assertThat(failover.reason()).isEqualTo(Reason.ConnectRefused);
  }

  @Test
  @DisplayName("A primary that is gone, Disabled or Unhealthy is not resumed")
  void unusable() {
    assertThat(Scenario.resume(AB, "z", 7).answer(CONNECTED).primary()).isEqualTo("a/8");
    var disabled = Policies.wish(AB, "b", Wish.Disabled);
    assertThat(Scenario.resume(disabled, "b", 7).answer(CONNECTED).primary()).isEqualTo("a/8");
    var sick = Scenario.resume(Policies.checked(AB), "b", 7).verdict("b", Health.Unhealthy);
    assertThat(sick.answer(CONNECTED).primary()).isEqualTo("a/8");
  }

  @Test
  @DisplayName("After a resume the next failover goes on from the resumed epoch")
  void next() {
    var scenario = Scenario.resume(AB, "b", 7).answer(CONNECTED).connectFails().answer(CONNECTED);
    assertThat(scenario.primary()).isEqualTo("a/8");
  }
}
