package dev.holdfast.dataplane.agreement.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private final ArrayDeque<Runnable> due = new ArrayDeque<>();
  private final Deadlines deadlines =
      new Deadlines(
          Duration.ofSeconds(2),
          (task, delay) -> {
            assertThat(delay).isEqualTo(Duration.ofMillis(500));
            due.add(task);
          });

  @Test
  @DisplayName("what takes too long fails within the patience, and not much sooner")
  void late() {
    var first = deadlines.bound(new CompletableFuture<Long>());
    due.remove().run();
    var second = deadlines.bound(new CompletableFuture<Long>());
    for (var tick = 2; tick < 4; tick++) {
      due.remove().run();
    }
    assertThat(first).isNotDone();
    due.remove().run();
    assertThatThrownBy(first::join)
        .hasCauseInstanceOf(TimeoutException.class)
        .hasMessageContaining("not within PT2S");
    assertThat(second).isNotDone();
    due.remove().run();
    assertThat(second).isCompletedExceptionally();
    assertThat(due).isEmpty();
  }

  @Test
  @DisplayName("one timer serves all, and ends when there is nothing left")
  void oneTimer() {
    var first = deadlines.bound(new CompletableFuture<Long>());
    var second = deadlines.bound(new CompletableFuture<Long>());
    assertThat(due).hasSize(1);
    first.complete(1L);
    second.complete(2L);
    due.remove().run();
    assertThat(due).isEmpty();
    assertThat(deadlines.bound(CompletableFuture.completedFuture(3L))).isCompletedWithValue(3L);
    assertThat(due).isEmpty();
    deadlines.bound(new CompletableFuture<Long>());
    assertThat(due).hasSize(1);
  }
}
