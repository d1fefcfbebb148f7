package dev.holdfast.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.failover.SwitchAnswer.Refusal;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DataPlaneSwitchTest {
  private static final String CHECK =
      "checks: [{name: up, tcp: {}, interval: 2s, timeout: 2s, fastInterval: 100ms, fall: 2}]\n";

  private final SampleBackend a = SampleBackend.start("a");
  private final SampleBackend b = SampleBackend.start("b");
  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
    a.close();
    b.close();
  }

  private static ObjectAssert<?> assertRefused(SwitchAnswer answer, Refusal refusal) {
    return assertThat(answer)
        .isInstanceOfSatisfying(
            SwitchAnswer.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  @Test
  @DisplayName("A usable backend becomes primary when a person asks; open sessions are kept")
  void switched() throws Exception {
    rig.running(Rig.backends(a, b));
    try (var session = new SampleClient(rig.port())) {
      assertThat(session.line()).isEqualTo("a");
      assertThat(rig.switchTo("b", false)).isEqualTo(new SwitchAnswer.Admitted(2));
      assertThat(rig.primary()).isEqualTo("b/2");
      assertThat(rig.status().lastFailover().reason()).isEqualTo(Reason.Switchover);
      rig.awaitReached("b");
      assertThat(session.echo("still here")).isEqualTo("still here");
    }
  }

  @Test
  @DisplayName("A dead backend is refused with the reason and the primary stays, unless forced")
  void dead() throws Exception {
    rig.running(Rig.backends(a, b));
    b.close();
    assertRefused(rig.switchTo("b", false), Refusal.Unreachable);
    assertThat(rig.primary()).isEqualTo("a/1");
    assertRefused(rig.switchTo("b", false), Refusal.Unhealthy);
    assertThat(rig.switchTo("b", true)).isEqualTo(new SwitchAnswer.Admitted(2));
    assertThat(rig.heard).anyMatch(status -> Rig.is(status, "b", 2));
  }

  @Test
  @DisplayName("What is no backend, no resource, or the primary already is told at once")
  void nothingToDo() throws Exception {
    rig.running(Rig.backends(a, b));
    assertRefused(rig.switchTo("z", true), Refusal.UnknownBackend);
    assertThat(rig.switchTo("a", false)).isEqualTo(new SwitchAnswer.Admitted(1));
    assertThat(rig.plane.switchPrimary("default", "x", new SwitchRequested("a", false))).isEmpty();
  }

  @Test
  @DisplayName("A person's choice is not undone by an immediate failback")
  void staysUnderImmediate() throws Exception {
    rig.running(Rig.backends(a, b) + CHECK + "selection: {failback: {policy: Immediate}}\n");
    rig.await(status -> status.backends().stream().allMatch(x -> x.health() == Health.Healthy));
    assertThat(rig.switchTo("b", false)).isEqualTo(new SwitchAnswer.Admitted(2));
    rig.awaitReached("b");
    assertThat(rig.primary()).isEqualTo("b/2");
  }
}
