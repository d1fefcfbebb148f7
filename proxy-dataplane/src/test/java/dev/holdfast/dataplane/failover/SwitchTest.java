package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.SwitchAnswer.Refusal;
import dev.holdfast.health.Health;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SwitchTest {
  private static final FailoverPolicy AB = Policies.primary("a", "b");
  private static final FailoverPolicy CHECKED = Policies.checked(AB);

  @Test
  @DisplayName("The target is asked while the primary goes on, then takes over without a gap")
  void asked() {
    var scenario = Scenario.serving(AB);
    assertThat(scenario.switchTo("b", false).done()).containsExactly("probe b");
    assertThat(scenario.primary()).isEqualTo("a/1");
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("record b/2", "admit b/2");
    assertThat(scenario.state().primary().orElseThrow().reason()).isEqualTo(Reason.Switchover);
  }

  @Test
  @DisplayName("A target that does not answer is refused with the reason, and the primary stays")
  void unreachable() {
    var scenario = Scenario.serving(AB).switchTo("b", false);
    scenario.told();
    assertThat(scenario.answer(REFUSED).told())
        .contains(new Notice.SwitchRefused("b", Refusal.Unreachable, "connect refused"));
    assertThat(scenario.primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("A target whose check fails when it is asked is refused, with the way to insist")
  void unfit() {
    var scenario = Scenario.serving(AB).switchTo("b", false);
    scenario.told();
    var objection = new Outcome.Failed(Reason.CheckFailed, "check role: no answer");
    assertThat(scenario.answer(objection).told())
        .contains(
            new Notice.SwitchRefused(
                "b", Refusal.Unreachable, "check role: no answer; force the switch if it must be"));
    assertThat(scenario.primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("An Unhealthy target is refused, unless it is forced")
  void unhealthy() {
    var scenario = Scenario.serving(CHECKED).verdict("b", Health.Unhealthy);
    scenario.told();
    assertThat(scenario.switchTo("b", false).told())
        .containsExactly(
            new Notice.SwitchRefused(
                "b", Refusal.Unhealthy, "it is Unhealthy (down); force the switch if it must be"));
    assertThat(scenario.switchTo("b", true).primary()).isEqualTo("b/2");
  }

  @Test
  @DisplayName("An unknown, a Disabled and the present primary are refused even when forced")
  void never() {
    var scenario = Scenario.serving(Policies.wish(AB, "b", Wish.Disabled));
    assertThat(scenario.switchTo("z", true).told())
        .containsExactly(
            new Notice.SwitchRefused("z", Refusal.UnknownBackend, "expected one of [a, b]"));
    assertThat(scenario.switchTo("b", true).told())
        .containsExactly(
            new Notice.SwitchRefused(
                "b", Refusal.NotActive, "its state is Disabled, expected Active"));
    assertThat(scenario.switchTo("a", true).told())
        .containsExactly(
            new Notice.SwitchRefused("a", Refusal.AlreadyPrimary, "it is the primary already"));
    assertThat(scenario.primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("While there is no primary a switch is refused, unless it is forced")
  void whileSelecting() {
    var scenario = Scenario.start(AB);
    scenario.told();
    assertThat(scenario.switchTo("b", false).told())
        .containsExactly(
            new Notice.SwitchRefused(
                "b",
                Refusal.ChangeUnderWay,
                "another change is under way; ask again, or force the switch"));
    assertThat(scenario.switchTo("b", true).primary()).isEqualTo("b/1");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("b/1");
  }

  @Test
  @DisplayName("A primary that a person chose is not undone by failback")
  void pinned() {
    var policy = Policies.failback(CHECKED, new Failback.Immediate());
    var scenario = Scenario.serving(policy).verdict("a", Health.Healthy);
    scenario.switchTo("b", false).answer(CONNECTED).advance(Duration.ofHours(1));
    assertThat(scenario.primary()).isEqualTo("b/2");
  }

  @Test
  @DisplayName("Asking again for what is under way changes nothing, and it is still under way")
  void again() {
    var scenario = Scenario.serving(AB).switchTo("b", false);
    scenario.done();
    assertThat(scenario.switchTo("b", false).done()).isEmpty();
    assertThat(SwitchAnswer.of(scenario.state(), "b")).isEqualTo(new SwitchAnswer.Asked());

    var hooked = Scenario.start(Policies.hooked(AB)).answer(CONNECTED);
    hooked.done();
    assertThat(hooked.switchTo("a", true).done()).isEmpty();
    assertThat(SwitchAnswer.of(hooked.state(), "a")).isEqualTo(new SwitchAnswer.HooksRunning(1));
    assertThat(hooked.hooksEnd(false).primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("A switch that waits for its target is overtaken by a forced one to another")
  void overtaken() {
    var scenario = Scenario.serving(Policies.primary("a", "b", "c")).switchTo("b", false);
    scenario.switchTo("c", true);
    assertThat(scenario.primary()).isEqualTo("c/2");
    assertThat(SwitchAnswer.of(scenario.state(), "b"))
        .isInstanceOfSatisfying(
            SwitchAnswer.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.Overtaken));
  }

  @Test
  @DisplayName("Asking for the present primary is answered with its epoch")
  void present() {
    var scenario = Scenario.serving(AB);
    var step =
        FailoverMachine.step(
            scenario.state(), new FailoverEvent.SwitchRequested("a", false), AB, scenario.now());
    assertThat(SwitchAnswer.of(step, "a")).isEqualTo(new SwitchAnswer.Admitted(1));
  }
}
