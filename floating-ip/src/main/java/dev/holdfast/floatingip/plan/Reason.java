package dev.holdfast.floatingip.plan;

/** Why a floating IP is moved or left: one name for status, events, metrics and logs. */
public sealed interface Reason permits MoveReason, KeepReason {

  /** In one word, as a condition's reason. */
  String name();

  /** For people; without a full stop. */
  String sentence();
}
