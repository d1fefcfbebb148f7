package dev.holdfast.dataplane.agreement.vote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A voter whose tries may take 1 s, whose pauses end at 2 s, and whose votes are void after 9 s.
 */
class VoterTest {
  private static final Outcome FAILED = new Outcome.Failed(Reason.ConnectRefused, "refused");

  private List<Candidate> candidates =
      List.of(candidate("one", Wish.Active), candidate("two", Wish.Active));
  private VoterState state = VoterState.initial();
  private final List<VoterEffect> effects = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  @BeforeEach
  void configured() {
    send(new VoterEvent.Configured());
  }

  private static Candidate candidate(String name, Wish wish) {
    return new Candidate(name, "10.0.0.1", 5432, wish, false);
  }

  private VoterPolicy policy() {
    return new VoterPolicy(
        candidates, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(9));
  }

  private void send(VoterEvent event) {
    var step = Voter.step(state, event, policy(), now);
    state = step.state();
    effects.clear();
    effects.addAll(step.effects());
  }

  private void at(long millis) {
    now = Instant.ofEpochMilli(millis);
    send(new VoterEvent.Tick());
  }

  private void ask(String backend) {
    send(new VoterEvent.Asked(List.of(backend)));
  }

  private void tried(long number, Outcome outcome) {
    send(new VoterEvent.Tried(number, outcome));
  }

  private VoterEffect tries(long number) {
    return new VoterEffect.Try(number, candidates.getFirst());
  }

  private Map<String, Health> verdicts() {
    return state.verdicts(policy(), now).verdicts();
  }

  @Test
  @DisplayName("Whoever is asked tries, and tells what it knows at once and what it finds out")
  void asked() {
    ask("one");
    assertThat(effects).containsExactly(tries(1), new VoterEffect.Cast());
    assertThat(verdicts()).isEmpty();
    tried(1, new Outcome.Connected());
    assertThat(effects).containsExactly(new VoterEffect.Cast());
    assertThat(verdicts()).containsExactly(Map.entry("one", Health.Healthy));
  }

  @Test
  @DisplayName("However often it is asked, one try is under way, and what failed is tried by one")
  void one() {
    ask("one");
    ask("one");
    assertThat(effects).containsExactly(new VoterEffect.Cast());
    for (long failed = 1; failed <= 50; failed++) {
      tried(failed, FAILED);
      ask("one");
      assertThat(effects).contains(tries(failed + 1));
    }
    tried(51, FAILED);
    var begun = state.tries();
    at(10_000);
    assertThat(state.tries()).isEqualTo(begun + 1);
  }

  @Test
  @DisplayName("What failed is tried again with longer and longer pauses, until it is usable")
  void again() {
    ask("one");
    tried(1, FAILED);
    assertThat(state.wakeAt()).isEqualTo(Instant.ofEpochMilli(200));
    at(200);
    assertThat(effects).containsExactly(tries(2));
    tried(2, FAILED);
    assertThat(effects).containsExactly(new VoterEffect.Cast());
    assertThat(state.wakeAt()).isEqualTo(Instant.ofEpochMilli(600));
    for (long number = 3; number <= 9; number++) {
      now = state.wakeAt();
      send(new VoterEvent.Tick());
      tried(number, FAILED);
      assertThat(Duration.between(now, state.wakeAt())).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }
    assertThat(Duration.between(now, state.wakeAt())).isEqualTo(Duration.ofSeconds(2));
    now = state.wakeAt();
    send(new VoterEvent.Tick());
    tried(10, new Outcome.Connected());
    assertThat(state.wakeAt()).isNull();
  }

  @Test
  @DisplayName("A try that never answers has failed by its deadline, and others are made")
  void mute() {
    ask("one");
    at(999);
    assertThat(verdicts()).isEmpty();
    at(1_000);
    assertThat(effects).containsExactly(new VoterEffect.Cast());
    assertThat(verdicts()).containsExactly(Map.entry("one", Health.Unhealthy));
    tried(1, new Outcome.Connected());
    assertThat(verdicts()).as("a late answer").containsEntry("one", Health.Unhealthy);
    ask("one");
    assertThat(effects).contains(tries(2));
  }

  @Test
  @DisplayName("What could not be asked says nothing, and is tried again")
  void notAsked() {
    ask("one");
    tried(1, new Outcome.NotAsked("no descriptor"));
    assertThat(verdicts()).isEmpty();
    at(200);
    assertThat(effects).contains(tries(2));
  }

  @Test
  @DisplayName("A vote that is nearly void is not cast, because it would take the others with it")
  void nearlyVoid() {
    ask("one");
    tried(1, new Outcome.Connected());
    ask("two");
    now = Instant.ofEpochMilli(6_000);
    tried(2, new Outcome.Connected());
    assertThat(verdicts()).containsOnlyKeys("one", "two");
    assertThat(state.verdicts(policy(), now).age()).isEqualTo(Duration.ofSeconds(6));
    now = Instant.ofEpochMilli(6_750);
    assertThat(verdicts()).containsOnlyKeys("two");
  }

  @Test
  @DisplayName("What is known stays with a backend while it stays where it is")
  void configuredAgain() {
    ask("one");
    tried(1, FAILED);
    candidates = List.of(candidate("two", Wish.Active), candidate("one", Wish.Disabled));
    send(new VoterEvent.Configured());
    assertThat(verdicts()).containsEntry("one", Health.Unhealthy);
    at(200);
    assertThat(state.wakeAt()).as("a disabled backend is not tried").isNull();
    candidates = List.of(candidate("two", Wish.Active), candidate("one", Wish.Active));
    send(new VoterEvent.Configured());
    assertThat(effects).contains(new VoterEffect.Try(2, candidate("one", Wish.Active)));
    candidates = List.of(new Candidate("one", "10.0.0.9", 5432, Wish.Active, false));
    send(new VoterEvent.Configured());
    assertThat(verdicts()).isEmpty();
  }
}
