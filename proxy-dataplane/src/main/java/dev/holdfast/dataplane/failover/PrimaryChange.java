package dev.holdfast.dataplane.failover;

import java.time.Duration;

/** What becomes of connections to the backend that was primary before. */
public sealed interface PrimaryChange {

  record Keep() implements PrimaryChange {}

  /** They may end by themselves until the timeout, then they are cut. */
  record Drain(Duration timeout) implements PrimaryChange {}

  record Sever() implements PrimaryChange {}
}
