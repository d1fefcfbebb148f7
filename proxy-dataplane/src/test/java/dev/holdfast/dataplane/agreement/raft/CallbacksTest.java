package dev.holdfast.dataplane.agreement.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallbacksTest {

  @Test
  @DisplayName("when too many calls wait and none ends in time, that is told and no other begins")
  void stuck() {
    var failed = new CompletableFuture<Throwable>();
    try (var callbacks = new Callbacks<String, String>(failed::complete, Duration.ofMillis(10))) {
      assertThatThrownBy(
              () -> {
                for (var i = 0; i < 2000; i++) {
                  callbacks.call(_ -> true);
                }
              })
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("1024 calls wait for the applier");
      assertThat(failed).isDone();
    }
  }
}
