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
  /** An older group selects this IP too, and moves it. */
  OwnedByOlderGroup,
  /** Enough moves were begun within a minute. */
  MoveLimit,
  /** It is no failover, and a server's health is not known: that may be the better one. */
  HealthUnknown,
  /** It is no failover, and the calls that are left are kept for failovers. */
  CallsReserved,
  /** The token is refused. */
  TokenRefused
}
