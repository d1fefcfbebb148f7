package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.FailoverEvent.ConnectFailed;
import dev.holdfast.dataplane.failover.FailoverEvent.HooksEnded;
import dev.holdfast.dataplane.failover.FailoverEvent.ProbeAnswered;
import dev.holdfast.dataplane.failover.FailoverEvent.Tick;
import dev.holdfast.dataplane.failover.FailoverEvent.VerdictChanged;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaleEventsTest {

  static Stream<FailoverEvent> stale() {
    return Stream.of(
        new ConnectFailed(1, REFUSED),
        new ConnectFailed(3, REFUSED),
        new ProbeAnswered(1, REFUSED),
        new ProbeAnswered(2, CONNECTED),
        new ProbeAnswered(99, CONNECTED),
        new HooksEnded(1, false, ""),
        new HooksEnded(2, true, "late"),
        new VerdictChanged("gone", Health.Unhealthy, "late"),
        new Tick());
  }

  @ParameterizedTest
  @MethodSource("stale")
  @DisplayName("An event of an older epoch, probe, hook run or timer has no effect")
  void ignored(FailoverEvent event) {
    var scenario = Scenario.serving(Policies.primary("a", "b")).advance(Duration.ofSeconds(1));
    scenario.connectFails().answer(REFUSED).answer(CONNECTED).done();
    var before = scenario.state();
    assertThat(scenario.send(event).done()).isEmpty();
    assertThat(scenario.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 99})
  @DisplayName("A late probe answer does not end the wait between rounds")
  void lateAnswer(long probe) {
    var scenario = Scenario.start(Policies.primary("a", "b")).answer(REFUSED).answer(REFUSED);
    assertThat(scenario.state().phase()).isInstanceOf(Phase.Waiting.class);
    scenario.advance(Duration.ofMillis(500)).done();
    var before = scenario.state();
    assertThat(scenario.send(new ProbeAnswered(probe, CONNECTED)).done()).isEmpty();
    assertThat(scenario.state()).isEqualTo(before);
    assertThat(scenario.advance(Duration.ofMillis(499)).done()).isEmpty();
    assertThat(scenario.advance(Duration.ofMillis(1)).done()).containsExactly("probe a");
  }
}
