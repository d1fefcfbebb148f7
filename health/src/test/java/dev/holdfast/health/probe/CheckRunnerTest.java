package dev.holdfast.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.CheckState;
import dev.holdfast.health.CheckState.Transition;
import dev.holdfast.health.Health;
import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {
  private static final CheckSettings SETTINGS =
      new CheckSettings(
          new Schedule(Duration.ofSeconds(5), Duration.ofSeconds(1)),
          Duration.ofMillis(2500),
          new Thresholds(2, 3));

  private final VirtualTimers timers = new VirtualTimers();
  private final List<Instant> runs = new ArrayList<>();
  private final List<Transition> heard = new ArrayList<>();
  private final List<String> notAsked = new ArrayList<>();
  private final CheckRunner.Listener listener =
      new CheckRunner.Listener() {
        @Override
        public void observed(Transition transition) {
          heard.add(transition);
        }

        @Override
        public void notAsked(String why) {
          notAsked.add(why);
        }
      };
  private final List<CompletableFuture<ProbeResult>> answers = new ArrayList<>();

  @Test
  @DisplayName("The first run is at once, and the pause is fast until there is a verdict")
  void firstAtOnce() {
    runner(this::passes).start();
    assertThat(runs).containsExactly(Instant.EPOCH);
    timers.advance(Duration.ofMillis(1100));
    assertThat(heard).extracting(t -> t.next().health()).endsWith(Health.Healthy).hasSize(2);
    timers.advance(Duration.ofMillis(4400));
    assertThat(heard).hasSize(2);
    timers.advance(Duration.ofMillis(1100));
    assertThat(heard).hasSize(3);
  }

  @Test
  @DisplayName("L22 Runs never overlap: the next one waits for the answer")
  void noOverlap() {
    runner(this::silent).start();
    timers.advance(Duration.ofMillis(2400));
    assertThat(runs).hasSize(1);
    answers.getFirst().complete(new ProbeResult.Success());
    timers.advance(Duration.ofMillis(1));
    assertThat(runs).hasSize(2);
  }

  @Test
  @DisplayName("A probe that hangs is ended at its timeout and has failed")
  void hangs() {
    var before = new CheckState(Health.Healthy, 3, 0, null, null);
    runner(this::silent, before).start();
    timers.advance(Duration.ofMillis(2499));
    assertThat(heard).isEmpty();
    timers.advance(Duration.ofMillis(1));
    assertThat(answers.getFirst()).isDone();
    assertThat(heard).extracting(t -> t.next().why()).containsExactly("no answer within 2500ms");
  }

  @Test
  @DisplayName(
      "A first run without an answer is repeated once, at once, and only the repeat counts")
  void firstHangs() {
    runner(this::silent).start();
    timers.advance(Duration.ofMillis(2500));
    assertThat(runs).hasSize(2);
    assertThat(heard).isEmpty();
    timers.advance(Duration.ofMillis(2500));
    assertThat(heard).extracting(t -> t.next().failures()).containsExactly(1);
    timers.advance(Duration.ofMillis(2500));
    assertThat(heard).extracting(t -> t.next().failures()).containsExactly(1, 2);
  }

  @Test
  @DisplayName("A probe that breaks its promise and throws counts as failed, and is run again")
  void throwing() {
    runner(timeout -> CompletableFuture.failedFuture(new IllegalStateException("on purpose")))
        .start();
    timers.advance(Duration.ofSeconds(3));
    assertThat(heard).hasSizeGreaterThan(2);
    assertThat(heard.getLast().next().health()).isEqualTo(Health.Unhealthy);
  }

  @Test
  @DisplayName("A run that could not ask for want of descriptors counts for nothing, and is told")
  void notAsked() {
    var results = new ArrayDeque<ProbeResult>();
    results.add(new ProbeResult.Success());
    results.add(new ProbeResult.Success());
    for (var i = 0; i < 5; i++) {
      results.add(new ProbeResult.Failure(ProbeResult.Kind.NotAsked, "none left"));
    }
    results.add(new ProbeResult.Success());
    runner(timeout -> CompletableFuture.completedFuture(results.remove())).start();
    for (var i = 0; !results.isEmpty() && i < 100; i++) {
      timers.advance(Duration.ofSeconds(1));
    }
    assertThat(runs).hasSize(8);
    assertThat(heard).extracting(t -> t.next().health()).hasSize(3).endsWith(Health.Healthy);
    assertThat(notAsked).hasSize(5).containsOnly("none left");
  }

  @Test
  @DisplayName("After closing nothing runs, nothing is told, and the running probe is cancelled")
  void closed() {
    var runner = runner(this::silent);
    runner.start();
    runner.close();
    timers.advance(Duration.ofMinutes(1));
    assertThat(answers.getFirst()).isCancelled();
    assertThat(runs).hasSize(1);
    assertThat(heard).isEmpty();
  }

  private CheckRunner runner(Probe probe) {
    return runner(probe, CheckState.unknown());
  }

  private CheckRunner runner(Probe probe, CheckState before) {
    Probe recorded =
        timeout -> {
          runs.add(timers.now());
          return probe.run(timeout);
        };
    var around = new CheckRunner.Surroundings(Runnable::run, timers, new Random(7));
    return new CheckRunner(recorded, SETTINGS, before, around, listener);
  }

  private CompletableFuture<ProbeResult> passes(Duration timeout) {
    return CompletableFuture.completedFuture(new ProbeResult.Success());
  }

  private CompletableFuture<ProbeResult> silent(Duration timeout) {
    var answer = new CompletableFuture<ProbeResult>();
    answers.add(answer);
    return answer;
  }
}
