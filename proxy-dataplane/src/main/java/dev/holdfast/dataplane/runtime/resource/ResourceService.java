package dev.holdfast.dataplane.runtime.resource;

import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.dataplane.config.ResourceConfig;
import dev.holdfast.dataplane.metrics.MetricSource;
import java.util.concurrent.CompletionStage;

/**
 * Runs one resource. Methods may be called from any thread; what they start is done on the decision
 * loop.
 */
public interface ResourceService extends MetricSource {

  void start();

  /** Goes on with another configuration of its kind, which ends what was said of a refused one. */
  void configure(ResourceConfig next);

  /** Reports that a newer configuration was not taken. */
  void refuse(RefusedConfig newer);

  /** Serves on until the last connection has ended, new ones included. */
  CompletionStage<Void> drain();

  /** Whether clients have nowhere else to go. */
  boolean alone();

  /** Takes no new clients, drains, and is not heard of any more. */
  void retire();

  void close();

  /** Whether clients may be sent here. */
  boolean ready();
}
