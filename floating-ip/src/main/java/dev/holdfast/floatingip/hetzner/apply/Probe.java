package dev.holdfast.floatingip.hetzner.apply;

import java.time.Duration;

/** Asks whether anybody answers at an address. */
@FunctionalInterface
public interface Probe {

  /** Blocks for at most the given time. */
  boolean answers(String address, Duration timeout) throws InterruptedException;
}
