package dev.holdfast.dataplane.failover;

import java.time.Duration;

/** When a backend that stands higher in the list than the primary takes over again. */
public sealed interface Failback {

  record Never() implements Failback {}

  record Immediate() implements Failback {}

  /** After it has been healthy for so long without a break. */
  record AfterStable(Duration stableFor) implements Failback {}
}
