package dev.holdfast.dataplane.failover;

import dev.holdfast.dataplane.failover.HookPlan.Trigger;

/** Why there is a new primary, or none. */
public enum Reason {
  Initial,
  ConnectRefused,
  ConnectTimeout,
  ConnectFailed,
  UnknownHost,
  CheckFailed,
  BackendRemoved,
  BackendDisabled,
  BackendDraining,
  Failback,
  Switchover,
  /** A new process goes on with the primary and epoch of the one before, which nobody asked for. */
  Resumed;

  public Trigger trigger() {
    return switch (this) {
      case Initial, Resumed -> Trigger.Initial;
      case Failback -> Trigger.Failback;
      case Switchover -> Trigger.Switchover;
      case ConnectRefused,
          ConnectTimeout,
          ConnectFailed,
          UnknownHost,
          CheckFailed,
          BackendRemoved,
          BackendDisabled,
          BackendDraining ->
          Trigger.Failover;
    };
  }
}
