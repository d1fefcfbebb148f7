package dev.holdfast.dataplane.config;

import static dev.holdfast.api.GatewayDuration.parse;

import dev.holdfast.api.v1alpha1.BalancerCheck;
import dev.holdfast.api.v1alpha1.BalancerGroup;
import dev.holdfast.api.v1alpha1.StickinessSpec;
import dev.holdfast.api.v1alpha1.StickyBalancerSpec;
import dev.holdfast.dataplane.relay.RelayOptions;
import dev.holdfast.dataplane.relay.transport.SocketOptions;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.Stickiness;
import dev.holdfast.health.Health;
import dev.holdfast.manifest.Manifest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a balancer's configuration of what its spec says. */
final class BalancerConverter {
  private BalancerConverter() {}

  static BalancerConfig convert(Manifest manifest, StickyBalancerSpec spec) {
    var connectTimeout = parse(spec.connections().connectTimeout());
    var groups = spec.groups().stream().map(group -> group(group, spec.listen().ports())).toList();
    return new BalancerConfig(
        ResourceKey.of(manifest),
        new ProxyConfig.Version(manifest.uid(), manifest.generation()),
        groups,
        stickiness(spec.stickiness()),
        Balance.valueOf(spec.balance().name()),
        NoGroupPolicy.valueOf(spec.whileNoGroup().policy().name()),
        new GroupHealth(Health.valueOf(spec.health().initial().name())),
        relay(manifest, spec, connectTimeout),
        connectTimeout,
        parse(spec.shutdown().drainTimeout()),
        manifest.uid() == null || spec.replicas() == 1,
        AgreementConverter.agreement(manifest, spec, groups));
  }

  private static BalancedGroup group(BalancerGroup group, List<Integer> ports) {
    return new BalancedGroup(
        new GroupPolicy(
            group.id(), group.name(), GroupState.valueOf(group.state().name()), group.weight()),
        destinations(group, ports),
        group.checks().stream()
            .map(check -> new GroupCheck(CheckConverter.check(check), onFail(check)))
            .toList());
  }

  private static Map<Integer, Destination> destinations(BalancerGroup group, List<Integer> ports) {
    var destinations = new LinkedHashMap<Integer, Destination>();
    for (var port : ports) {
      destinations.put(port, destination(group, port));
    }
    return destinations;
  }

  /** The schema sees to it that there is one. */
  private static Destination destination(BalancerGroup group, int listen) {
    if (group.host() != null) {
      return new Destination(group.host(), listen);
    }
    return group.ports().stream()
        .filter(mapping -> mapping.listen() == listen)
        .map(mapping -> new Destination(mapping.host(), mapping.port()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "group %s: expected a server for port %d, found none"
                    .formatted(group.name(), listen)));
  }

  private static GroupState onFail(BalancerCheck check) {
    return switch (check.onFail()) {
      case Drain -> GroupState.Draining;
      case Disable -> GroupState.Disabled;
      case Ignore -> GroupState.Active;
    };
  }

  private static Stickiness stickiness(StickinessSpec spec) {
    var bytes = spec.firstBytes();
    return new Stickiness(
        spec.ipv4Prefix(),
        spec.ipv6Prefix(),
        bytes == null
            ? null
            : new Stickiness.FirstBytes(
                bytes.start(),
                bytes.end(),
                parse(bytes.maxWait()),
                Stickiness.OnShort.valueOf(bytes.onShort().name())),
        parse(spec.expireAfter()),
        spec.maxEntries());
  }

  private static RelayOptions relay(
      Manifest manifest, StickyBalancerSpec spec, Duration connectTimeout) {
    var connections = spec.connections();
    var holdFor = parse(spec.whileNoGroup().holdFor());
    return new RelayOptions(
        manifest.namespace() + "/" + manifest.name(),
        spec.groups().stream().map(BalancerGroup::name).toList(),
        spec.listen().ports().stream()
            .map(port -> new RelayOptions.Listen(spec.listen().address(), port))
            .toList(),
        RelayOptions.OnConnectFailure.Close,
        new RelayOptions.Limits(connections.maxConnections(), 0, spec.whileNoGroup().maxHeld(), 0),
        new RelayOptions.Waits(
            holdFor,
            connectTimeout.plus(holdFor),
            parse(connections.idleTimeout()),
            parse(connections.maxLifetime())),
        new SocketOptions(connections.noDelay(), connections.keepAlive()),
        SpecConverter.proxyProtocol(connections.proxyProtocol()),
        firstBytes(spec.stickiness().firstBytes()));
  }

  private static RelayOptions.@Nullable FirstBytes firstBytes(
      StickinessSpec.@Nullable FirstBytes bytes) {
    return bytes == null
        ? null
        : new RelayOptions.FirstBytes(
            bytes.start(),
            bytes.end(),
            parse(bytes.maxWait()),
            RelayOptions.FirstBytes.OnShort.valueOf(bytes.onShort().name()));
  }
}
