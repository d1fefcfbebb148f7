package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.FailoverState.LastFailover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final FailoverPolicy AB = Policies.primary("a", "b");

  @Test
  @DisplayName("F10 At start nobody is admitted, and a primary is chosen first")
  void start() {
    var scenario = Scenario.start(AB);
    assertThat(scenario.done()).containsExactly("withdraw", "probe a");
    assertThat(scenario.primary()).isEqualTo("none");
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("record a/1", "admit a/1");
    assertThat(scenario.state().primary().orElseThrow().reason()).isEqualTo(Reason.Initial);
    assertThat(scenario.state().lastFailover()).isNull();
  }

  @Test
  @DisplayName("F11 Selection walks from the top every time and does not skip the one that failed")
  void fromTheTop() {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1));
    assertThat(scenario.connectFails().done()).containsExactly("withdraw", "probe a");
    assertThat(scenario.answer(REFUSED).done()).containsExactly("probe b");
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("record b/2", "admit b/2");
    scenario.advance(Duration.ofSeconds(1));
    assertThat(scenario.connectFails().done()).containsExactly("withdraw", "probe a");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("a/3");
  }

  @Test
  @DisplayName("F12 The first candidate whose connect succeeds wins; later ones are not asked")
  void firstWins() {
    var scenario = Scenario.start(Policies.primary("a", "b", "c"));
    scenario.answer(REFUSED).answer(CONNECTED);
    assertThat(scenario.done())
        .containsExactly("withdraw", "probe a", "probe b", "record b/1", "admit b/1");
  }

  @Test
  @DisplayName("F13 Without checks the first reachable candidate is taken, with an unknown verdict")
  void noCheck() {
    assertThat(Scenario.start(AB).answer(CONNECTED).primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("F18 Without a candidate it waits 1 s, then doubles up to the maximum, for ever")
  void backoff() {
    var scenario = Scenario.start(Policies.primary("a"));
    assertThat(pauses(scenario, 9)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  @DisplayName("F18 Waits begin anew with every selection")
  void backoffRestarts() {
    var scenario = Scenario.start(Policies.primary("a"));
    assertThat(pauses(scenario, 3)).containsExactly(1L, 2L, 4L);
    scenario.advance(Duration.ofSeconds(1)).answer(CONNECTED).advance(Duration.ofSeconds(1));
    scenario.connectFails();
    assertThat(pauses(scenario, 3)).containsExactly(1L, 2L, 4L);
  }

  @Test
  @DisplayName("F18 The first wait is the initial one even with a smaller maximum")
  void initialAboveMax() {
    var policy = Policies.backoff(AB, Duration.ofSeconds(1), Duration.ofMillis(500));
    assertThat(policy.backoff().pause(0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.backoff().pause(1)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  @DisplayName("F18 No wait is shorter than 100 ms, so that a maximum of 0 does not spin")
  void clamped() {
    var zero = new Backoff(Duration.ZERO, Duration.ZERO);
    assertThat(zero.pause(0)).isEqualTo(Duration.ofMillis(100));
    assertThat(zero.pause(50)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  @DisplayName("F19 While connects work nothing is probed")
  void noBackgroundProbe() {
    var scenario = Scenario.serving(AB).advance(Duration.ofHours(1));
    assertThat(scenario.done()).isEmpty();
    assertThat(scenario.state().wakeAt()).isNull();
  }

  @Test
  @DisplayName("F20 F21 When a client's connect fails, admission ends before anything is probed")
  void withdrawsFirst() {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1));
    assertThat(scenario.connectFails().done()).startsWith("withdraw");
    assertThat(scenario.primary()).isEqualTo("none");
  }

  @Test
  @DisplayName("F22 Sessions to the old primary are left alone under Keep")
  void keep() {
    assertThat(failover(new PrimaryChange.Keep())).noneMatch(word -> word.startsWith("sever"));
  }

  @Test
  @DisplayName("F22 Drain cuts them after its timeout, Sever at once and before admission")
  void drainAndSever() {
    assertThat(failover(new PrimaryChange.Drain(Duration.ofSeconds(30))))
        .containsExactly("sever <2 after 30", "record b/2", "admit b/2");
    assertThat(failover(new PrimaryChange.Sever()))
        .containsExactly("sever <2 after 0", "record b/2", "admit b/2");
  }

  @Test
  @DisplayName("A backend that is chosen again keeps its connections even under Sever")
  void sameAgain() {
    var policy = Policies.onChange(AB, new PrimaryChange.Sever());
    var scenario = Scenario.serving(policy).advance(Duration.ofSeconds(1)).connectFails();
    scenario.done();
    assertThat(scenario.answer(CONNECTED).done()).containsExactly("record a/2", "admit a/2");
  }

  @Test
  @DisplayName("F23 The chosen one stays, whatever becomes of those above it")
  void noFailback() {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1));
    scenario.connectFails().answer(REFUSED).answer(CONNECTED).done();
    scenario.advance(Duration.ofSeconds(30));
    assertThat(scenario.done()).containsExactly("probe a");
    scenario.answer(CONNECTED).advance(Duration.ofHours(1));
    assertThat(scenario.primary()).isEqualTo("b/2");
    assertThat(scenario.done()).isEmpty();
  }

  @Test
  @DisplayName("The last failover says from, to, why, and how long there was no primary")
  void lastFailover() {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(10)).connectFails();
    scenario.advance(Duration.ofMillis(400)).answer(REFUSED);
    scenario.advance(Duration.ofMillis(12)).answer(CONNECTED);
    assertThat(scenario.state().lastFailover())
        .isEqualTo(
            new LastFailover(
                "a",
                "b",
                Instant.EPOCH.plusMillis(10412),
                Duration.ofMillis(412),
                Reason.ConnectRefused));
  }

  @Test
  @DisplayName("A probe that is never answered counts as a timeout at its deadline")
  void silentProbe() {
    var scenario = Scenario.start(AB);
    scenario.done();
    assertThat(scenario.advance(Duration.ofSeconds(6)).done()).containsExactly("probe b");
  }

  @Test
  @DisplayName("A backend that answers probes but refuses clients is chosen at most every 100 ms")
  void noSpin() {
    var scenario = Scenario.serving(Policies.primary("a"));
    for (int i = 0; i < 5; i++) {
      scenario.connectFails().advance(Duration.ofMillis(100)).answer(CONNECTED);
    }
    assertThat(scenario.now()).isEqualTo(Instant.EPOCH.plusMillis(500));
    assertThat(scenario.primary()).isEqualTo("a/6");
  }

  private static List<String> failover(PrimaryChange change) {
    var scenario = Scenario.serving(Policies.onChange(AB, change)).advance(Duration.ofSeconds(1));
    scenario.connectFails().answer(REFUSED).done();
    return scenario.answer(CONNECTED).done();
  }

  /** Lets every probe be refused and collects the waits between rounds, in seconds. */
  private static List<Long> pauses(Scenario scenario, int count) {
    var pauses = new ArrayList<Long>();
    while (pauses.size() < count) {
      scenario.told();
      scenario.answer(REFUSED).told().stream()
          .filter(Notice.NoCandidate.class::isInstance)
          .map(notice -> ((Notice.NoCandidate) notice).pause())
          .flatMap(Optional::stream)
          .forEach(pause -> pauses.add(pause.toSeconds()));
      scenario.advance(Duration.ofSeconds(pauses.getLast()));
    }
    return pauses;
  }
}
