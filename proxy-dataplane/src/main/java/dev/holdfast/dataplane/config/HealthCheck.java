package dev.holdfast.dataplane.config;

import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;

/** A check of every backend. */
public record HealthCheck(String name, CheckKind kind, CheckSettings settings) {

  /** Whether it runs all the time, and not only while a primary is chosen. */
  public boolean periodic() {
    return settings.schedule().interval().isPositive();
  }
}
