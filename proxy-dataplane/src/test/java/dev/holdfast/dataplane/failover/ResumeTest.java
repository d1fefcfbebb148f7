package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.dataplane.failover.FailoverState.Unfinished;
import dev.holdfast.health.Health;
import java.time.Duration;
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

  @Test
  @DisplayName("A primary that a person chose is not undone by failback after a restart either")
  void pinned() {
    var policy = Policies.failback(Policies.checked(AB), new Failback.Immediate());
    var scenario = Scenario.resume(policy, new Floor("b", 7, true, null)).answer(CONNECTED);
    scenario.verdict("a", Health.Healthy).advance(Duration.ofHours(1));
    assertThat(scenario.primary()).isEqualTo("b/7");
    assertThat(scenario.state().primary().orElseThrow().reason()).isEqualTo(Reason.Switchover);
  }

  @Test
  @DisplayName("Where epochs are known and no primary, the first is chosen as at any start")
  void nobody() {
    var scenario = Scenario.resume(Policies.hooked(AB), Floor.ofNobody(7));
    assertThat(scenario.answer(CONNECTED).done()).contains("hooks Initial a/8");
    scenario.hooksEnd(false);
    assertThat(scenario.primary()).isEqualTo("a/8");
    assertThat(scenario.state().lastFailover().from()).isNull();
  }

  private static Scenario crashed(FailoverPolicy policy, String name, Reason reason, String left) {
    return Scenario.resume(policy, new Floor(name, 7, false, new Unfinished(reason, left)));
  }

  @Test
  @DisplayName("Hooks that a crash cut short run again in their epoch, as for the same change")
  void hooksAgain() {
    var scenario = crashed(Policies.hooked(AB), "b", Reason.ConnectRefused, "a");
    assertThat(scenario.done()).containsExactly("withdraw", "probe b");
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("hooks Failover b/7 after a");
    assertThat(scenario.primary()).isEqualTo("none");
    assertThat(scenario.hooksEnd(false).done()).containsExactly("record b/7", "admit b/7");
    assertThat(scenario.state().primary().orElseThrow().reason()).isEqualTo(Reason.ConnectRefused);
    assertThat(scenario.state().lastFailover().from()).isEqualTo("a");
  }

  @Test
  @DisplayName("Hooks that are not configured any more do not run again")
  void hooksGone() {
    var scenario = crashed(AB, "b", Reason.ConnectRefused, "a");
    scenario.done();
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("record b/7", "admit b/7");
  }

  @Test
  @DisplayName(
      "When that backend is gone the next one is chosen in a new epoch, for the same cause")
  void goneMeanwhile() {
    var scenario = crashed(Policies.hooked(AB), "b", Reason.Initial, null);
    scenario.answer(REFUSED).done();
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("hooks Initial a/8");
    assertThat(scenario.hooksEnd(false).state().lastFailover().from()).isNull();

    var switching = crashed(Policies.hooked(AB), "b", Reason.Switchover, "a");
    switching.answer(REFUSED).done();
    assertThat(switching.answer(CONNECTED).done()).containsExactly("hooks Failover a/8 after a");
  }

  @Test
  @DisplayName("A hook that gives the choice up when it runs again leads to the next backend")
  void abortedAgain() {
    var scenario = crashed(Policies.hooked(AB), "a", Reason.Initial, null);
    scenario.answer(CONNECTED).hooksEnd(true).done();
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("hooks Initial b/8");
  }
}
