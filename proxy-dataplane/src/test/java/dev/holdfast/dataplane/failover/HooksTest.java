package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.FailoverEvent.HooksEnded;
import dev.holdfast.health.Health;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HooksTest {
  private static final FailoverPolicy AB = Policies.hooked(Policies.primary("a", "b"));

  @Test
  @DisplayName("F14 After choosing, hooks run, then the primary is recorded, then it is admitted")
  void order() {
    var scenario = Scenario.start(AB).answer(CONNECTED);
    assertThat(scenario.done()).containsExactly("withdraw", "probe a", "hooks Initial a/1");
    assertThat(scenario.primary()).isEqualTo("none");
    assertThat(scenario.hooksEnd(false).done()).containsExactly("record a/1", "admit a/1");
  }

  @Test
  @DisplayName("F15 Hooks run at the first selection as well as at a failover")
  void failover() {
    var scenario = Scenario.start(AB).answer(CONNECTED).hooksEnd(false);
    scenario.advance(Duration.ofSeconds(1)).connectFails().answer(REFUSED).done();
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("hooks Failover b/2 after a");
  }

  @Test
  @DisplayName("F17 A hook that must not fail gives the choice up, and the next candidate is asked")
  void aborted() {
    var scenario = Scenario.start(AB).answer(CONNECTED);
    scenario.done();
    assertThat(scenario.hooksEnd(true).done())
        .contains("probe b")
        .noneMatch(w -> w.contains("admit"));
    assertThat(scenario.answer(CONNECTED).hooksEnd(false).primary()).isEqualTo("b/2");
  }

  @Test
  @DisplayName("Hooks that do not end in time are cancelled and count as aborted")
  void late() {
    var scenario = Scenario.start(AB).answer(CONNECTED);
    scenario.done();
    scenario.advance(Duration.ofSeconds(30));
    assertThat(scenario.done()).containsExactly("cancel hooks 1", "probe b");
    assertThat(scenario.send(new HooksEnded(1, false, "")).done()).isEmpty();
  }

  @Test
  @DisplayName("A backend that falls ill while its hooks run is given up before it is admitted")
  void illDuringHooks() {
    var scenario = Scenario.start(Policies.checked(AB)).answer(CONNECTED);
    scenario.advance(Duration.ofSeconds(1)).done();
    scenario.verdict("a", Health.Unhealthy);
    assertThat(scenario.done()).containsExactly("cancel hooks 1", "probe b");
    assertThat(scenario.send(new HooksEnded(1, false, "")).primary()).isEqualTo("none");
  }

  @Test
  @DisplayName("With hooks the old primary is withdrawn before the new one's hooks run")
  void failback() {
    var policy = Policies.failback(Policies.checked(AB), new Failback.Immediate());
    var scenario = Scenario.start(policy).answer(REFUSED).answer(CONNECTED).hooksEnd(false);
    scenario.advance(Duration.ofSeconds(1)).done();
    scenario.verdict("a", Health.Healthy);
    assertThat(scenario.done()).containsExactly("probe a");
    assertThat(scenario.answer(CONNECTED).done())
        .containsExactly("withdraw", "hooks Failback a/2 after b");
    assertThat(scenario.hooksEnd(false).done()).containsExactly("record a/2", "admit a/2");
  }
}
