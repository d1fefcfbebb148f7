package dev.holdfast.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.health.CheckState.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckStateTest {
  private static final Thresholds RISE_2_FALL_3 = new Thresholds(2, 3);

  @Test
  @DisplayName("A check is Unknown until it passed rise times in a row")
  void rises() {
    assertThat(healths("++", RISE_2_FALL_3)).containsExactly(Health.Unknown, Health.Healthy);
  }

  @Test
  @DisplayName("A check is Unknown until it failed fall times in a row")
  void falls() {
    assertThat(healths("---", RISE_2_FALL_3))
        .containsExactly(Health.Unknown, Health.Unknown, Health.Unhealthy);
  }

  @Test
  @DisplayName("One contrary observation starts the count anew")
  void consecutive() {
    assertThat(healths("++--+--+", RISE_2_FALL_3)).endsWith(Health.Healthy);
    assertThat(healths("++--+---", RISE_2_FALL_3)).endsWith(Health.Unhealthy);
  }

  @Test
  @DisplayName("Only the observation that changes the verdict is a flip")
  void flips() {
    assertThat(transitions("+++---+++", RISE_2_FALL_3))
        .extracting(Transition::flipped)
        .containsExactly(false, true, false, false, false, true, false, true, false);
  }

  @Test
  @DisplayName("A check is in transition before its first verdict and while it contradicts it")
  void inTransition() {
    assertThat(CheckState.unknown().inTransition()).isTrue();
    assertThat(transitions("++-+", RISE_2_FALL_3))
        .extracting(t -> t.next().inTransition())
        .containsExactly(true, false, true, false);
  }

  @Test
  @DisplayName("The newest failure is remembered until the next pass")
  void why() {
    var failed = CheckState.unknown().observe(new Observation.Failed("refused"), RISE_2_FALL_3);
    assertThat(failed.next().why()).isEqualTo("refused");
    assertThat(failed.next().observe(new Observation.Passed(), RISE_2_FALL_3).next().why())
        .isNull();
  }

  @Test
  @DisplayName("A threshold below 1 is refused with both values named")
  void thresholds() {
    assertThatThrownBy(() -> new Thresholds(0, 3)).hasMessageContaining("rise 0 and fall 3");
  }

  @Test
  @DisplayName("The verdict is that of the newest run that was long enough, whatever came before")
  void theVerdictIsThatOfTheNewestLongEnoughRun() {
    var random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      var passes = Stream.generate(random::nextBoolean).limit(random.nextInt(61)).toList();
      assertVerdict(passes, 1 + random.nextInt(5), 1 + random.nextInt(5));
    }
  }

  private static void assertVerdict(List<Boolean> passes, int rise, int fall) {
    var state = CheckState.unknown();
    for (var passed : passes) {
      state = state.observe(observation(passed), new Thresholds(rise, fall)).next();
    }
    assertThat(state.health())
        .as("%s with rise %d and fall %d", passes, rise, fall)
        .isEqualTo(byDefinition(passes, rise, fall));
  }

  /** Looks back from the end for the newest run that was long enough. */
  private static Health byDefinition(List<Boolean> passes, int rise, int fall) {
    for (int end = passes.size(); end > 0; end--) {
      int start = end;
      while (start > 0 && passes.get(start - 1).equals(passes.get(end - 1))) {
        start--;
      }
      if (end - start >= (passes.get(end - 1) ? rise : fall)) {
        return passes.get(end - 1) ? Health.Healthy : Health.Unhealthy;
      }
    }
    return Health.Unknown;
  }

  private static List<Health> healths(String observations, Thresholds thresholds) {
    return transitions(observations, thresholds).stream().map(t -> t.next().health()).toList();
  }

  private static List<Transition> transitions(String observations, Thresholds thresholds) {
    var all = new ArrayList<Transition>();
    var state = CheckState.unknown();
    for (char observed : observations.toCharArray()) {
      var transition = state.observe(observation(observed == '+'), thresholds);
      all.add(transition);
      state = transition.next();
    }
    return all;
  }

  private static Observation observation(boolean passed) {
    return passed ? new Observation.Passed() : new Observation.Failed("refused");
  }
}
