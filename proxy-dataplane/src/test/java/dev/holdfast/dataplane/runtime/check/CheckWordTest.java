package dev.holdfast.dataplane.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.failover.Outcome;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.probe.ProbeResult;
import dev.holdfast.health.probe.ProbeResult.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckWordTest {
  private static final CheckWord FINE = CheckWord.of("up", new ProbeResult.Success());
  private static final CheckWord OBJECTION =
      CheckWord.of("role", new ProbeResult.Failure(Kind.Unfit, "exit code 1"));
  private static final CheckWord NOTHING =
      CheckWord.of("script", new ProbeResult.Failure(Kind.NotAsked, "Too many open files"));

  @Test
  @DisplayName("A check that could not ask leaves the candidate unasked")
  void notAsked() {
    assertThat(CheckWord.verdict(List.of(FINE, NOTHING)))
        .isEqualTo(new Outcome.NotAsked("check script: Too many open files"));
  }

  @Test
  @DisplayName("A check that objects decides, even when another one could not ask")
  void objection() {
    assertThat(CheckWord.verdict(List.of(NOTHING, OBJECTION)))
        .isEqualTo(new Outcome.Failed(Reason.CheckFailed, "check role: exit code 1"));
  }

  @Test
  @DisplayName("A connect is enough where there is no check")
  void none() {
    assertThat(CheckWord.verdict(List.of())).isEqualTo(new Outcome.Connected());
  }
}
