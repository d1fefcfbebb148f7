package dev.holdfast.dataplane.runtime.check;

import dev.holdfast.health.CheckState;
import dev.holdfast.health.Health;
import dev.holdfast.health.Warning;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line when a check changes its mind about a backend, with what it counted and saw. */
public final class CheckLog {
  private static final Logger log = LoggerFactory.getLogger("dev.holdfast.checks");

  private final String resource;

  public CheckLog(String resource) {
    this.resource = resource;
  }

  void flipped(String check, String backend, Health before, CheckState now) {
    if (now.health() == Health.Unhealthy) {
      log.warn(
          "{}: check {} of {} was {}, is Unhealthy after {} failures in a row: {}",
          resource,
          check,
          backend,
          before,
          now.failures(),
          now.why());
    } else {
      log.info(
          "{}: check {} of {} was {}, is {} after {} passes in a row",
          resource,
          check,
          backend,
          before,
          now.health(),
          now.passes());
    }
  }

  /** What it saw before goes on to hold. */
  void notAsked(String check, String backend, String why) {
    log.warn(
        "{}: check {} of {} cannot be run, which counts for nothing: {}",
        resource,
        check,
        backend,
        why);
  }

  void askedAgain(String check, String backend) {
    log.info("{}: check {} of {} is run again", resource, check, backend);
  }

  /**
   * @param now null when there is nothing to warn of any more
   */
  void warned(String check, String backend, @Nullable Warning now) {
    if (now == null) {
      log.info("{}: check {} of {} warns no longer", resource, check, backend);
      return;
    }
    switch (now.level()) {
      case Warning -> log.warn("{}: check {} of {}: {}", resource, check, backend, now.text());
      case Critical -> log.error("{}: check {} of {}: {}", resource, check, backend, now.text());
    }
  }
}
