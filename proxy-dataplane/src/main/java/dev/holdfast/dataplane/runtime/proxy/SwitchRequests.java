package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.failover.FailoverMachine.Step;
import dev.holdfast.dataplane.failover.FailoverState;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The switch that waits for its target's answer. There is never more than one: the machine refuses
 * a second, or gives the first one up for it. Confined to the decision loop.
 */
final class SwitchRequests {
  private record Waiting(String to, CompletableFuture<SwitchAnswer> answer) {}

  private @Nullable Waiting waiting;

  /**
   * @param step the one that decided on this request
   */
  void asked(String to, Step step, CompletableFuture<SwitchAnswer> answer) {
    if (waiting != null) {
      tell(waiting, SwitchAnswer.of(step.state(), waiting.to()));
    }
    var now = SwitchAnswer.of(step, to);
    if (now instanceof SwitchAnswer.Asked && waiting == null) {
      waiting = new Waiting(to, answer);
    } else {
      answer.complete(now);
    }
  }

  void stepped(Step step) {
    if (waiting != null) {
      tell(waiting, SwitchAnswer.of(step, waiting.to()));
    }
  }

  /** Nothing will be decided any more. */
  void end(FailoverState state) {
    if (waiting != null) {
      waiting.answer().complete(SwitchAnswer.of(state, waiting.to()));
      waiting = null;
    }
  }

  private void tell(Waiting request, SwitchAnswer now) {
    if (!(now instanceof SwitchAnswer.Asked)) {
      request.answer().complete(now);
      waiting = null;
    }
  }
}
