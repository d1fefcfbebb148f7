package dev.holdfast.dataplane.hooks;

import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import java.time.Duration;
import java.util.Set;

/**
 * One hook as the configuration has it.
 *
 * @param timeout for all that it does; for all files of a directory together
 * @param abort whether another backend is chosen when it fails
 */
public record Hook(
    String name, Set<Trigger> when, HookAction action, Duration timeout, boolean abort) {

  public Hook {
    when = Set.copyOf(when);
  }
}
