package dev.holdfast.health.probe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Looks at a backend once. */
public interface Probe {

  /**
   * Never blocks and never completes exceptionally. Cancelling the future frees what the probe
   * holds.
   *
   * @param timeout covers everything, name resolution included
   */
  CompletableFuture<ProbeResult> run(Duration timeout);
}
