package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.BackendStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Health;
import dev.holdfast.api.dataplane.DataPlaneStatus.LastFailover;
import dev.holdfast.api.dataplane.DataPlaneStatus.Listener;
import dev.holdfast.api.dataplane.DataPlaneStatus.Primary;
import dev.holdfast.api.dataplane.DataPlaneStatus.Reason;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.failover.BackendState;
import dev.holdfast.dataplane.failover.FailoverState;
import dev.holdfast.dataplane.hooks.HookRun;
import dev.holdfast.dataplane.relay.ConnectionCounts;
import dev.holdfast.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what one resource reports, from what is known of it at one moment.
 *
 * @param warnings by backend
 */
public record ProxyStatus(
    String instance,
    ProxyConfig config,
    Standing standing,
    Listener listener,
    Map<String, String> warnings,
    @Nullable RefusedConfig refused) {

  /** Of a resource whose very first configuration was refused. */
  public static DataPlaneStatus ofNothing(
      String instance, Manifest manifest, RefusedConfig refused) {
    var listen = manifest.tree().path("spec").path("listen");
    return new DataPlaneStatus(
        manifest.kind(),
        manifest.namespace(),
        manifest.name(),
        instance,
        0,
        new Listener(
            listen.path("address").asText(),
            listen.path("port").asInt(),
            Listener.State.Closed,
            "nothing runs: the configuration was refused"),
        null,
        List.of(),
        null,
        new DataPlaneStatus.ConnectionCounts(0, 0, 0, 0, 0),
        refused);
  }

  DataPlaneStatus with(ConnectionCounts counts) {
    var key = config.key();
    return new DataPlaneStatus(
        key.kind(),
        key.namespace(),
        key.name(),
        instance,
        config.version().generation(),
        listener,
        standing.primary() == null ? null : primary(standing.primary()),
        config.policy().candidates().stream()
            .map(candidate -> standing.backends().get(candidate.name()))
            .filter(backend -> backend != null)
            .map(backend -> backend(backend, counts))
            .toList(),
        lastFailover(standing.lastFailover(), standing.hooks()),
        counts(counts),
        refused,
        standing.agreement());
  }

  private static Primary primary(dev.holdfast.dataplane.failover.Primary primary) {
    return new Primary(
        primary.name(),
        primary.backend().endpoint(),
        primary.epoch(),
        primary.since(),
        reason(primary.reason()));
  }

  private BackendStatus backend(BackendState backend, ConnectionCounts counts) {
    var candidate = backend.candidate();
    var figures = counts.backends().get(candidate.name());
    return new BackendStatus(
        candidate.name(),
        candidate.endpoint(),
        Health.valueOf(backend.health().name()),
        candidate.wish().name(),
        backend.why().isEmpty() ? warnings.get(candidate.name()) : backend.why(),
        backend.since(),
        figures == null ? 0 : figures.open());
  }

  private static @Nullable LastFailover lastFailover(
      FailoverState.@Nullable LastFailover failover, List<HookRun> hooks) {
    return failover == null
        ? null
        : new LastFailover(
            failover.from(),
            failover.to(),
            failover.at(),
            failover.noPrimaryFor(),
            reason(failover.reason()),
            hooks.stream().map(ProxyStatus::hook).toList());
  }

  private static DataPlaneStatus.HookRun hook(HookRun run) {
    return new DataPlaneStatus.HookRun(
        run.hook(),
        run.backend(),
        run.code(),
        run.took(),
        run.timedOut(),
        run.succeeded() ? null : run.why(),
        run.output().isEmpty() ? null : run.output());
  }

  private static DataPlaneStatus.ConnectionCounts counts(ConnectionCounts counts) {
    return new DataPlaneStatus.ConnectionCounts(
        counts.open(),
        counts.held(),
        counts.accepted(),
        counts.rejected(),
        counts.backends().values().stream()
            .mapToLong(ConnectionCounts.Backend::connectFailures)
            .sum());
  }

  private static Reason reason(dev.holdfast.dataplane.failover.Reason reason) {
    return Reason.valueOf(reason.name());
  }
}
