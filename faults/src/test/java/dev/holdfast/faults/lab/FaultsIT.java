package dev.holdfast.faults.lab;

import dev.holdfast.faults.check.Checker;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FaultsIT {
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final Duration PROGRESS_WITHIN = Duration.ofSeconds(240);

  @Test
  @DisplayName("Three members keep what was promised, whatever fails")
  void threeMembers() throws Exception {
    prove(3, 0.6);
  }

  @Test
  @DisplayName("Five members keep what was promised, whatever fails")
  void fiveMembers() throws Exception {
    prove(5, 0.4);
  }

  /**
   * @param share of the time
   */
  private static void prove(int members, double share) throws Exception {
    var run = FaultRun.ofProperties(share);
    try (var lab = new Lab(LabSettings.of(members, new FailoverScene(LEASE, PAUSE)))) {
      new Campaign(lab, PROGRESS_WITHIN).run(run.seed(), run.length());
      run.assertNone(lab, Checker.check(lab.end(), PROGRESS_WITHIN));
    }
  }
}
