package dev.holdfast.dataplane.hooks;

import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** A sample change, and hooks for it. */
final class Changes {
  static final Change FAILOVER =
      new Change(
          "shop/db",
          7,
          Trigger.Failover,
          new Candidate("b", "b.db", 5432, Candidate.Wish.Active, false),
          "a");

  private Changes() {}

  static Hook hook(String name, HookAction action, Duration timeout, boolean abort) {
    return new Hook(name, EnumSet.allOf(Trigger.class), action, timeout, abort);
  }

  static Hook exec(String name, Object program, boolean abort) {
    return hook(
        name, new HookAction.Exec(List.of(program.toString())), Duration.ofSeconds(20), abort);
  }
}
