package dev.holdfast.dataplane.config;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.Backend;
import dev.holdfast.api.v1alpha1.Connections;
import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.api.v1alpha1.Selection;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.FailoverPolicy;
import dev.holdfast.dataplane.failover.FailoverState.Floor;
import dev.holdfast.dataplane.failover.PrimaryChange;
import dev.holdfast.dataplane.relay.RelayOptions;
import dev.holdfast.dataplane.relay.proxyprotocol.Network;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import dev.holdfast.dataplane.relay.transport.SocketOptions;
import dev.holdfast.manifest.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Resolves what depends on another field, and makes durations of texts. */
final class SpecConverter {
  /** What a probe may take beyond its own timeout before its answer counts as lost. */
  private static final Duration PROBE_GRACE = Duration.ofSeconds(1);

  private SpecConverter() {}

  static ProxyConfig convert(Manifest manifest, FailoverProxySpec spec, @Nullable Floor floor) {
    var connectTimeout = parse(spec.selection().connectTimeout());
    var checks = CheckConverter.checks(spec);
    var policy = policy(spec, checks, connectTimeout);
    var agreement = AgreementConverter.agreement(manifest, spec, checks, policy.probeDeadline());
    return new ProxyConfig(
        ResourceKey.of(manifest),
        new ProxyConfig.Version(manifest.uid(), manifest.generation()),
        floor,
        policy,
        checks,
        HookConverter.hooks(spec),
        relay(manifest, spec, connectTimeout),
        NoPrimaryPolicy.valueOf(spec.connections().whileNoPrimary().policy().name()),
        connectTimeout,
        parse(spec.shutdown().drainTimeout()),
        manifest.uid() == null ? agreement == null : spec.replicas() == 1,
        agreement);
  }

  private static FailoverPolicy policy(
      FailoverProxySpec spec, List<HealthCheck> checks, Duration connectTimeout) {
    var selection = spec.selection();
    var checked = checks.stream().anyMatch(HealthCheck::periodic);
    return new FailoverPolicy(
        spec.backends().stream().map(backend -> candidate(backend, checked)).toList(),
        FailoverPolicy.Mode.valueOf(selection.mode().name()),
        failback(selection),
        connectTimeout.plus(longest(checks)).plus(PROBE_GRACE),
        new Backoff(
            parse(selection.retryBackoff().initial()), parse(selection.retryBackoff().max())),
        parse(selection.recheckInterval()),
        onPrimaryChange(spec.connections().onPrimaryChange()),
        HookConverter.plan(spec));
  }

  /** Checks that are part of a probe run all at a time. */
  private static Duration longest(List<HealthCheck> checks) {
    return checks.stream()
        .map(check -> check.settings().timeout())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static Candidate candidate(Backend backend, boolean checked) {
    return new Candidate(
        backend.name(),
        backend.host(),
        backend.port(),
        Candidate.Wish.valueOf(backend.state().name()),
        checked);
  }

  /** Without a policy, FirstHealthy goes back at once and Primary stays. */
  private static Failback failback(Selection selection) {
    var failback = selection.failback();
    var policy = failback == null ? null : failback.policy();
    return switch (policy) {
      case Never -> new Failback.Never();
      case Immediate -> new Failback.Immediate();
      case AfterStable ->
          new Failback.AfterStable(parse(Objects.requireNonNull(failback).stableFor()));
      case null ->
          switch (selection.mode()) {
            case Primary -> new Failback.Never();
            case FirstHealthy -> new Failback.Immediate();
          };
    };
  }

  private static PrimaryChange onPrimaryChange(Connections.OnPrimaryChange change) {
    return switch (change.policy()) {
      case Keep -> new PrimaryChange.Keep();
      case Drain -> new PrimaryChange.Drain(parse(change.drainTimeout()));
      case Sever -> new PrimaryChange.Sever();
    };
  }

  private static RelayOptions relay(
      Manifest manifest, FailoverProxySpec spec, Duration connectTimeout) {
    var connections = spec.connections();
    var holdFor = parse(connections.whileNoPrimary().holdFor());
    return new RelayOptions(
        manifest.namespace() + "/" + manifest.name(),
        spec.backends().stream().map(Backend::name).toList(),
        List.of(new RelayOptions.Listen(spec.listen().address(), spec.listen().port())),
        RelayOptions.OnConnectFailure.valueOf(connections.onConnectFailure().name()),
        new RelayOptions.Limits(
            connections.maxConnections(),
            connections.maxConnectionsPerBackend(),
            connections.whileNoPrimary().maxHeld(),
            connections.rampUp().connectionsPerSecond()),
        new RelayOptions.Waits(
            holdFor,
            connectTimeout.plus(HookConverter.plan(spec).deadline()).plus(holdFor),
            parse(connections.idleTimeout()),
            parse(connections.maxLifetime())),
        new SocketOptions(connections.noDelay(), connections.keepAlive()),
        proxyProtocol(connections.proxyProtocol()),
        null);
  }

  static ProxyProtocol proxyProtocol(Connections.ProxyProtocol protocol) {
    return new ProxyProtocol(
        ProxyProtocol.Accept.valueOf(protocol.accept().name()),
        ProxyProtocol.Send.valueOf(protocol.send().name()),
        protocol.trustedSources().stream().map(Network::parse).toList(),
        parse(protocol.headerTimeout()));
  }
}
