package dev.holdfast.dataplane.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Clients under the policy Hold, as the relay has them: whoever comes while nobody is admitted
 * waits for the next admission, until its own deadline.
 */
final class HeldClients {
  static final Duration HOLD_FOR = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final VirtualQueue queue;
  private final Random random;
  private final Deque<Instant> waiting = new ArrayDeque<>();
  private @Nullable Primary admitted;
  private int released;
  private int closed;

  HeldClients(VirtualQueue queue, Random random) {
    this.queue = queue;
    this.random = random;
  }

  /** Another client comes every few seconds. */
  void arrive() {
    if (admitted == null) {
      var deadline = queue.now().plus(HOLD_FOR);
      waiting.addLast(deadline);
      queue.after(HOLD_FOR, () -> expire(deadline));
    }
    queue.after(Duration.ofMillis(random.nextInt((int) PAUSE.toMillis())), this::arrive);
  }

  private void expire(Instant deadline) {
    if (waiting.remove(deadline)) {
      closed++;
    }
  }

  void effect(Effect effect) {
    switch (effect) {
      case Effect.Withdraw() -> admitted = null;
      case Effect.Admit(var primary) -> {
        admitted = primary;
        released += waiting.size();
        waiting.clear();
      }
      case Effect.Probe _,
          Effect.RunHooks _,
          Effect.CancelHooks _,
          Effect.RecordPrimary _,
          Effect.Sever _,
          Effect.Tell _ -> {}
    }
  }

  /** The process ended, and its clients' connections with it. */
  void crash() {
    waiting.clear();
    admitted = null;
  }

  /** Holds after every step. */
  void check(@Nullable Primary serving) {
    assertThat(admitted).as("clients go where the machine says").isEqualTo(serving);
    if (admitted != null) {
      assertThat(waiting).as("nobody waits while a primary is admitted").isEmpty();
    }
    assertThat(waiting)
        .as("nobody waits beyond its deadline")
        .allMatch(deadline -> !deadline.isBefore(queue.now()));
  }

  int released() {
    return released;
  }

  int closed() {
    return closed;
  }
}
