package dev.holdfast.faults.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.faults.check.StickChecker;
import dev.holdfast.faults.check.StickChecker.Keys;
import dev.holdfast.faults.check.Violation;
import dev.holdfast.faults.lab.StickScene.Consistency;
import dev.holdfast.faults.record.Observation.Answered;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Replicas of a StickyBalancer, as {@link FaultsIT} has those of a FailoverProxy. */
class StickFaultsIT {
  private static final int KEYS = 1000;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration PROGRESS_WITHIN = Duration.ofSeconds(240);
  private static final int MANY = 5_000;

  private static StickScene scene(Consistency consistency, Duration expireAfter) {
    return new StickScene(consistency, KEYS, expireAfter, PAUSE);
  }

  @Test
  @DisplayName("S15 A replica that decides alone keeps each key in one group")
  void alone() throws Exception {
    assertThat(watch(1, Consistency.Linearizable)).isEmpty();
  }

  @Test
  @DisplayName("The checker finds it when each replica has a table of its own")
  void local() throws Exception {
    assertThat(watch(3, Consistency.Local))
        .extracting(Violation::promise)
        .contains("one group")
        .containsOnly("one group");
  }

  @Test
  @DisplayName("S15 Replicas that agree keep each key in one group, whatever fails")
  void agreed() throws Exception {
    endure(SHORT, Keys.Expire);
  }

  @Test
  @DisplayName(
      "No key that was served loses its group, whatever fails, all replicas at once included")
  void kept() throws Exception {
    endure(LONG, Keys.Stay);
  }

  private static void endure(Duration expireAfter, Keys keys) throws Exception {
    var run = FaultRun.ofProperties(0.06);
    try (var lab = new Lab(LabSettings.of(3, scene(Consistency.Linearizable, expireAfter)))) {
      var campaign = new Campaign(lab, PROGRESS_WITHIN);
      campaign.run(run.seed(), run.length());
      campaign.endure(Campaign.killed(lab.members()));
      run.assertNone(lab, StickChecker.check(lab.end(), keys, PROGRESS_WITHIN));
    }
  }

  private static List<Violation> watch(int members, Consistency consistency) throws Exception {
    try (var lab = new Lab(LabSettings.of(members, scene(consistency, SHORT)))) {
      lab.records().changed(new Injector(lab).calm());
      lab.start();
      await("clients are answered").atMost(PROGRESS_WITHIN).until(() -> answers(lab) > MANY);
      return StickChecker.check(lab.end(), Keys.Expire, PROGRESS_WITHIN);
    }
  }

  private static long answers(Lab lab) {
    return lab.records().observations().stream().filter(Answered.class::isInstance).count();
  }
}
