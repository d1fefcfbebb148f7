package dev.holdfast.floatingip.hetzner.apply;

import static dev.holdfast.floatingip.hetzner.RunningFake.PROJECT;
import static dev.holdfast.floatingip.hetzner.RunningFake.READER;
import static dev.holdfast.floatingip.hetzner.RunningFake.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.floatingip.fake.FakeSettings;
import dev.holdfast.floatingip.fake.Fault;
import dev.holdfast.floatingip.fake.FaultRule;
import dev.holdfast.floatingip.hetzner.RunningFake;
import dev.holdfast.floatingip.hetzner.apply.PlanApplication.Result;
import dev.holdfast.floatingip.hetzner.assign.AssignmentPolicy;
import dev.holdfast.floatingip.hetzner.assign.Move;
import dev.holdfast.floatingip.hetzner.assign.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlanApplicationIT {
  private static final List<Move> MOVES =
      List.of(
          new Move(1, 41L, 42), new Move(2, 42L, 43), new Move(3, 43L, 41), new Move(4, null, 41));
  private static final AssignmentPolicy POLICY =
      new AssignmentPolicy(Duration.ofSeconds(30), Duration.ZERO, 5);

  private RunningFake fake;

  @BeforeEach
  void start() throws IOException {
    fake = new RunningFake(FakeSettings.defaults());
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @DisplayName(
      "L37 a plan's moves are applied side by side, and one call asks for all their actions")
  void together() throws Exception {
    var results = application(WRITER, 4).apply(MOVES, () -> true);

    assertThat(results)
        .extracting(Result::outcome)
        .containsOnly(new Outcome.Moved(false))
        .hasSize(4);
    assertThat(fake.writes()).hasSize(4);
    assertThat(fake.cloud().journal().stream().filter(entry -> entry.path().equals("/actions")))
        .anySatisfy(entry -> assertThat(entry.query()).matches("\\{id=\\[\\d+(, \\d+)+].*"))
        .hasSizeLessThan(10);
  }

  @Test
  @DisplayName("L37 a move that fails leaves the others alone")
  void oneFails() throws Exception {
    fake.fault(
        FaultRule.next(
            1, "POST", "/floating_ips/2/actions/assign", new Fault.ActionFails("failed", "no")));

    var results = application(WRITER, 2).apply(MOVES, () -> true);

    assertThat(results)
        .extracting(result -> result.outcome().getClass().getSimpleName())
        .containsExactly("Moved", "Failed", "Moved", "Moved");
    assertThat(fake.cloud().floatingIp(PROJECT, 2).server()).isEqualTo(42);
  }

  @Test
  @DisplayName("L37 when the token fails, what has not begun does not begin")
  void tokenFails() throws Exception {
    var results = application(READER, 1).apply(MOVES, () -> true);

    assertThat(results)
        .extracting(result -> result.outcome().getClass().getSimpleName())
        .containsExactly("Failed", "Stopped", "Stopped", "Stopped");
    assertThat(fake.writes()).hasSize(1);
  }

  @Test
  @DisplayName("the permit is asked before each write: when it ends, writing ends")
  void permitEnds() throws Exception {
    var writes = new AtomicInteger();
    // each move asks twice: before it begins, and before its write
    WritePermit twoMoves = () -> writes.getAndIncrement() < 4;

    var results = application(WRITER, 1).apply(MOVES, twoMoves);

    assertThat(results)
        .extracting(Result::outcome)
        .containsExactly(
            new Outcome.Moved(false),
            new Outcome.Moved(false),
            new Outcome.Stopped(false),
            new Outcome.Stopped(false));
    assertThat(fake.writes()).hasSize(2);
  }

  private PlanApplication application(String token, int parallelism) {
    var assigner = new Assigner(fake.client(token), fake.pacer(), (_, _) -> false, POLICY);
    return new PlanApplication(assigner, parallelism);
  }
}
