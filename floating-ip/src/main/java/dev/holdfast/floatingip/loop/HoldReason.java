package dev.holdfast.floatingip.loop;

/** Why a planned move is not made now. */
public enum HoldReason {
  Paused,
  PlanOnly,
  AwaitingApproval,
  /** It failed, and is tried again later. */
  BackingOff,
  /** Somebody else moves this IP too. */
  Contested,
  /** Enough moves were begun within a minute. */
  MoveLimit
}
