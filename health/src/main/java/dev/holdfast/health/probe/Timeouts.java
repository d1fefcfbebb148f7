package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import java.time.Duration;

/** Says that a probe took too long; all kinds of probes say it alike. */
final class Timeouts {
  private Timeouts() {}

  static Failure failure(Duration timeout) {
    return new Failure(Kind.Timeout, "no answer within " + timeout.toMillis() + "ms");
  }
}
