package dev.holdfast.dataplane.failover;

import static dev.holdfast.dataplane.failover.Scenario.CONNECTED;
import static dev.holdfast.dataplane.failover.Scenario.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Candidate.Wish;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReconfigurationTest {
  private static final FailoverPolicy AB = Policies.primary("a", "b");

  @Test
  @DisplayName("An equal policy has no effect and changes nothing")
  void equal() {
    var scenario = Scenario.serving(AB);
    var before = scenario.state();
    assertThat(scenario.apply(Policies.primary("a", "b")).done()).isEmpty();
    assertThat(scenario.state()).isEqualTo(before);
  }

  static Stream<FailoverPolicy> harmless() {
    return Stream.of(
        Policies.primary("a", "b", "c"),
        Policies.primary("c", "a", "b"),
        Policies.primary("b", "a"),
        Policies.primary("a"),
        Policies.wish(AB, "b", Wish.Disabled),
        Policies.wish(AB, "b", Wish.Draining),
        Policies.checked(AB),
        Policies.onChange(AB, new PrimaryChange.Sever()),
        Policies.backoff(AB, Duration.ofSeconds(5), Duration.ofSeconds(5)),
        Policies.hooked(AB));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  @DisplayName("A change that leaves the primary in place does not disturb it")
  void undisturbed(FailoverPolicy changed) {
    var scenario = Scenario.serving(AB).apply(changed);
    assertThat(scenario.done()).isEmpty();
    assertThat(scenario.primary()).isEqualTo("a/1");
  }

  @Test
  @DisplayName("Removing the primary selects anew")
  void removed() {
    assertLeft(Policies.primary("b"), Reason.BackendRemoved);
  }

  @Test
  @DisplayName("A primary of the same name at another place is another backend")
  void moved() {
    var elsewhere = new Candidate("a", "new.db", 5432, Wish.Active, false);
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1));
    scenario.apply(Policies.with(AB, List.of(elsewhere)));
    assertThat(scenario.done()).containsExactly("withdraw", "probe a");
    assertThat(scenario.answer(CONNECTED).state().primary().orElseThrow().backend())
        .isEqualTo(elsewhere);
  }

  @Test
  @DisplayName("A primary that is set to Disabled or Draining is left")
  void wishes() {
    assertLeft(Policies.wish(AB, "a", Wish.Disabled), Reason.BackendDisabled);
    assertLeft(Policies.wish(AB, "a", Wish.Draining), Reason.BackendDraining);
  }

  @Test
  @DisplayName("Disabled and Draining backends are no candidates")
  void notAsked() {
    var policy = Policies.primary("a", "b", "c");
    policy = Policies.wish(Policies.wish(policy, "a", Wish.Disabled), "b", Wish.Draining);
    assertThat(Scenario.start(policy).done()).containsExactly("withdraw", "probe c");
  }

  @Test
  @DisplayName("A backend that is added while none is usable is asked at once")
  void added() {
    var scenario = Scenario.start(Policies.primary("a")).answer(REFUSED);
    scenario.advance(Duration.ofMillis(900)).done();
    assertThat(scenario.apply(AB).done()).containsExactly("probe a");
    assertThat(scenario.answer(REFUSED).answer(CONNECTED).primary()).isEqualTo("b/1");
  }

  @Test
  @DisplayName("A candidate that vanishes while it is asked is never admitted")
  void vanished() {
    var scenario = Scenario.start(AB).advance(Duration.ofSeconds(1));
    scenario.done();
    assertThat(scenario.apply(Policies.primary("b")).done()).containsExactly("probe b");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("b/1");
  }

  @Test
  @DisplayName("A list without usable backends leaves nobody admitted, until one comes back")
  void none() {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1));
    var off = Policies.wish(Policies.wish(AB, "a", Wish.Disabled), "b", Wish.Disabled);
    assertThat(scenario.apply(off).done()).containsExactly("withdraw");
    assertThat(scenario.advance(Duration.ofHours(1)).done()).isEmpty();
    assertThat(scenario.apply(AB).done()).containsExactly("probe a");
  }

  private static void assertLeft(FailoverPolicy changed, Reason reason) {
    var scenario = Scenario.serving(AB).advance(Duration.ofSeconds(1)).apply(changed);
    assertThat(scenario.done()).containsExactly("withdraw", "probe b");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("b/2");
    assertThat(scenario.state().lastFailover().reason()).isEqualTo(reason);
  }

  @Test
  @DisplayName("Whoever waits for a return that the new mode does not watch for asks again")
  void modeWhileWaiting() {
    var scenario = Scenario.start(Policies.firstHealthy("a")).answer(CONNECTED);
    scenario.advance(Duration.ofSeconds(1)).connectFails().done();
    scenario.apply(Policies.primary("a")).advance(Backoff.MIN);
    assertThat(scenario.done()).containsExactly("probe a");
    assertThat(scenario.answer(CONNECTED).primary()).isEqualTo("a/2");
  }
}
