package dev.holdfast.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.Warning.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackendHealthTest {
  private static final Thresholds ONCE = new Thresholds(1, 1);
  private static final CheckState PASSED =
      CheckState.unknown().observe(new Observation.Passed(), ONCE).next();
  private static final CheckState FAILED =
      CheckState.unknown().observe(new Observation.Failed("connect refused"), ONCE).next();

  @Test
  @DisplayName("The worst check wins, and is named")
  void worst() {
    var health = BackendHealth.none().with("fine", PASSED).with("port", FAILED);
    assertThat(health.verdict()).isEqualTo(Health.Unhealthy);
    assertThat(health.why()).isEqualTo("check port: connect refused");
  }

  @Test
  @DisplayName("A backend is Unknown until every check has a verdict")
  void allMustReport() {
    var health = BackendHealth.none().with("fine", PASSED).with("slow", CheckState.unknown());
    assertThat(health.verdict()).isEqualTo(Health.Unknown);
    assertThat(health.with("slow", PASSED).verdict()).isEqualTo(Health.Healthy);
  }

  @Test
  @DisplayName("A check that is taken away counts no more")
  void without() {
    var health = BackendHealth.none().with("fine", PASSED).with("port", FAILED);
    assertThat(health.without("port").verdict()).isEqualTo(Health.Healthy);
    assertThat(health.without("port").without("fine").verdict()).isEqualTo(Health.Unknown);
  }

  @Test
  @DisplayName("The worst warning is told with its check; a failure ends a warning")
  void warnings() {
    var soon = new Observation.Passed(new Warning(Level.Warning, "soon"));
    var sooner = new Observation.Passed(new Warning(Level.Critical, "sooner"));
    var thresholds = new Thresholds(1, 2);
    var first = CheckState.unknown().observe(soon, thresholds).next();
    var second = CheckState.unknown().observe(sooner, thresholds).next();
    var health = BackendHealth.none().with("a", first).with("b", second);
    assertThat(health.verdict()).isEqualTo(Health.Healthy);
    assertThat(health.why()).isNull();
    assertThat(health.warning()).isEqualTo(new Warning(Level.Critical, "check b: sooner"));
    var failed = second.observe(new Observation.Failed("gone"), thresholds).next();
    assertThat(health.with("b", failed).warning())
        .isEqualTo(new Warning(Level.Warning, "check a: soon"));
    assertThat(BackendHealth.none().warning()).isNull();
  }
}
