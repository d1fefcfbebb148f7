package dev.holdfast.operator.status;

import dev.holdfast.api.GatewayDuration;
import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.BackendStatus;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.HookRun;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.LastFailover;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus.PrimaryStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the status that only pods know.
 *
 * @param primary the one that was chosen last, also while there is none: its epoch is where a new
 *     pod goes on from, and must not get lost
 */
record Told(
    @Nullable PrimaryStatus primary,
    List<BackendStatus> backends,
    @Nullable String healthyBackends,
    @Nullable LastFailover lastFailover) {

  private static final int MAX_BACKENDS = 64;

  // The schema's bounds.
  private static final int MAX_REASON = 256;
  private static final int MAX_HOOKS = 16;
  private static final int MAX_FAILURE = 512;
  private static final int MAX_OUTPUT = 1024;

  static Told by(DataPlaneStatus word, FailoverProxySpec spec, PreviousStatus previous) {
    var primary = newest(word, previous.primary());
    var failover =
        word.lastFailover() == null ? previous.lastFailover() : failover(word.lastFailover());
    var backends = word.backends().stream().limit(MAX_BACKENDS).map(Told::backend).toList();
    return new Told(primary, backends, healthy(word, spec), failover);
  }

  /** A pod that is out of contact with the others may tell of an epoch that has passed. */
  private static @Nullable PrimaryStatus newest(
      DataPlaneStatus word, @Nullable PrimaryStatus known) {
    var told = word.primary();
    if (told == null) {
      return known;
    }
    var passed = word.agreement() != null && known != null && told.epoch() < known.epoch();
    return passed ? known : primary(told);
  }

  static Told before(PreviousStatus previous) {
    return new Told(
        previous.primary(),
        previous.backends(),
        previous.healthyBackends(),
        previous.lastFailover());
  }

  /** The health of backends that nobody reports on is not known. */
  static Told outOfDate(PreviousStatus previous) {
    var backends =
        previous.backends().stream()
            .map(backend ->
                new BackendStatus(
                    backend.name(),
                    backend.endpoint(),
                    Health.Unknown.name(),
                    backend.state(),
                    Unanswered.REASON,
                    backend.since()))
            .toList();
    return new Told(previous.primary(), backends, null, previous.lastFailover());
  }

  private static String healthy(DataPlaneStatus word, FailoverProxySpec spec) {
    // Without checks a failed connect is the only sign: who shows none counts as well.
    var unknownCounts = spec.checks().isEmpty();
    var healthy =
        word.backends().stream()
            .map(DataPlaneStatus.BackendStatus::health)
            .filter(h -> h == Health.Healthy || (h == Health.Unknown && unknownCounts))
            .count();
    return healthy + "/" + word.backends().size();
  }

  private static PrimaryStatus primary(DataPlaneStatus.Primary primary) {
    return new PrimaryStatus(
        primary.name(),
        primary.endpoint(),
        primary.epoch(),
        seconds(primary.since()),
        primary.reason().name());
  }

  private static LastFailover failover(DataPlaneStatus.LastFailover failover) {
    return new LastFailover(
        failover.from(),
        failover.to(),
        seconds(failover.at()),
        GatewayDuration.format(failover.noPrimaryFor()),
        failover.reason().name(),
        failover.hooks().stream().limit(MAX_HOOKS).map(Told::hook).toList());
  }

  private static HookRun hook(DataPlaneStatus.HookRun run) {
    return new HookRun(
        run.name(),
        run.backend(),
        run.exitCode(),
        GatewayDuration.format(run.took()),
        run.timedOut(),
        cut(run.failure(), MAX_FAILURE),
        cut(run.output(), MAX_OUTPUT));
  }

  private static BackendStatus backend(DataPlaneStatus.BackendStatus backend) {
    return new BackendStatus(
        backend.name(),
        backend.endpoint(),
        backend.health().name(),
        backend.state(),
        cut(backend.reason(), MAX_REASON),
        seconds(backend.since()));
  }

  private static @Nullable String cut(@Nullable String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length);
  }

  /** As Kubernetes writes times. */
  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
