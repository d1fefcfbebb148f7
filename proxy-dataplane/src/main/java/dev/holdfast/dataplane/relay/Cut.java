package dev.holdfast.dataplane.relay;

/** Why the relay itself ended a linked connection; a metric label. */
enum Cut {
  /** Made under an epoch that is over. */
  Severed,
  Drained,
  Idle,
  Lifetime
}
