package dev.holdfast.dataplane.admin;

import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Makes another backend the primary of a FailoverProxy. */
public interface PrimarySwitch {

  /**
   * Must not block.
   *
   * @return completes when the target was refused or chosen; empty when no such FailoverProxy runs
   *     here
   */
  Optional<CompletionStage<SwitchAnswer>> ask(
      String namespace, String name, SwitchRequested request);
}
