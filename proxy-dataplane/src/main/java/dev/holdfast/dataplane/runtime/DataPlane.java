package dev.holdfast.dataplane.runtime;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.RefusedConfig;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.admin.StickControl;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.config.ConfigReader;
import dev.holdfast.dataplane.config.ConfigResult;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.config.ProxyConfig.Version;
import dev.holdfast.dataplane.config.ResourceConfig;
import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.failover.FailoverEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.SwitchAnswer;
import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.runtime.balancer.BalancerControl;
import dev.holdfast.dataplane.runtime.balancer.BalancerService;
import dev.holdfast.dataplane.runtime.balancer.BalancerStatus;
import dev.holdfast.dataplane.runtime.proxy.ProxyService;
import dev.holdfast.dataplane.runtime.proxy.ProxyStatus;
import dev.holdfast.dataplane.runtime.resource.ResourceService;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.dataplane.status.StatusBoard;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the resources of a set of manifests in this process. Safe for use by many threads.
 *
 * <p>Configuration is taken whole or not at all, resource by resource: a resource that is refused
 * goes on with its last good configuration, and says so in its status.
 */
public final class DataPlane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataPlane.class);
  private static final String BALANCER = "StickyBalancer";

  /**
   * @param newest version that was seen, refused ones included
   */
  private record Running(ResourceService service, ResourceConfig config, Version newest) {}

  private final LiveStatusBoard<DataPlaneStatus> board = new LiveStatusBoard<>();
  private final LiveStatusBoard<StickyBalancerReport> balancers = new LiveStatusBoard<>();
  private final Engine engine;
  private final Map<ResourceKey, Running> running = new LinkedHashMap<>();

  /** Nothing runs of these: their very first configuration was refused. */
  private final Set<ResourceKey> neverRan = new LinkedHashSet<>();

  private Set<ResourceKey> wanted = Set.of();
  private @Nullable CompletionStage<Void> draining;
  private boolean closed;

  private DataPlane(DataPlaneOptions options) {
    engine = Engine.start(options, board, balancers);
  }

  public static DataPlane start(DataPlaneOptions options) {
    return new DataPlane(options);
  }

  /**
   * Makes these the resources that run: starts new ones, changes running ones in place, and drains
   * and stops those that are not among them. A manifest whose generation is below the running one's
   * of the same uid is ignored.
   *
   * @return why resources were refused; empty when all run as written
   */
  public synchronized List<Problem> apply(List<Manifest> manifests) {
    if (draining != null || closed) {
      throw new IllegalStateException("expected a running data plane, found one that is stopping");
    }
    var problems = new ArrayList<Problem>();
    var keys = new LinkedHashSet<ResourceKey>();
    for (var manifest : manifests) {
      keys.add(ResourceKey.of(manifest));
      problems.addAll(apply(manifest));
    }
    wanted = keys;
    retireOthers();
    return List.copyOf(problems);
  }

  private List<Problem> apply(Manifest manifest) {
    var key = ResourceKey.of(manifest);
    var version = new Version(manifest.uid(), manifest.generation());
    var before = running.get(key);
    if (before != null && before.newest().isNewerThan(version)) {
      log.info("{}: generation {} is ignored, a newer one was seen", key, version.generation());
      return List.of();
    }
    return switch (ConfigReader.read(manifest)) {
      case ConfigResult.Accepted(var config) -> accept(manifest, config, before);
      case ConfigResult.Refused(var problems) -> {
        refuse(manifest, before, problems);
        yield problems;
      }
    };
  }

  private List<Problem> accept(Manifest manifest, ResourceConfig config, @Nullable Running before) {
    try {
      run(config, before);
      return List.of();
    } catch (IllegalArgumentException | IllegalStateException e) {
      var problems = List.of(manifest.problem("spec.agreement", String.valueOf(e.getMessage())));
      refuse(manifest, before, problems);
      return problems;
    }
  }

  /**
   * Throws when replicas are to agree, and this process cannot be one of them as it was started.
   */
  private void run(ResourceConfig config, @Nullable Running before) {
    if (before == null) {
      var around = engine.surroundings();
      var opening = around.replicas().opening(config);
      var service =
          switch (config) {
            case ProxyConfig proxy ->
                new ProxyService(
                    around, proxy, opening == null ? null : opening.open(WireFormat.ofProxies()));
            case BalancerConfig balancer ->
                new BalancerService(
                    around,
                    balancer,
                    opening == null ? null : opening.open(WireFormat.ofBalancers()));
          };
      running.put(config.key(), new Running(service, config, config.version()));
      neverRan.remove(config.key());
      service.start();
    } else {
      requireSameDecider(config, before.config());
      engine.surroundings().replicas().check(config);
      running.put(config.key(), new Running(before.service(), config, config.version()));
      before.service().configure(config);
    }
  }

  private static void requireSameDecider(ResourceConfig config, ResourceConfig before) {
    if ((config.agreement() == null) != (before.agreement() == null)) {
      throw new IllegalArgumentException(
          "a running data plane cannot begin or cease to agree with others: restart it");
    }
  }

  private void refuse(Manifest manifest, @Nullable Running before, List<Problem> problems) {
    var key = ResourceKey.of(manifest);
    var version = new Version(manifest.uid(), manifest.generation());
    log.error(
        "{}: generation {} is refused, {}: {}",
        key,
        version.generation(),
        before == null ? "nothing runs" : "the last good one goes on",
        problems);
    var texts = problems.stream().map(Problem::toString).toList();
    var refused = new RefusedConfig(version.generation(), texts);
    if (before == null) {
      neverRan.add(key);
      publishNothing(manifest, refused);
    } else {
      running.put(key, new Running(before.service(), before.config(), version));
      before.service().refuse(refused);
    }
  }

  private void publishNothing(Manifest manifest, RefusedConfig refused) {
    var instance = engine.surroundings().instance();
    if (manifest.kind().equals(BALANCER)) {
      balancers.publish(BalancerStatus.ofNothing(instance, manifest, refused));
    } else {
      board.publish(ProxyStatus.ofNothing(instance, manifest, refused));
    }
  }

  private void retireOthers() {
    running
        .entrySet()
        .removeIf(entry -> {
          var gone = !wanted.contains(entry.getKey());
          if (gone) {
            log.info("{}: not configured any more, draining", entry.getKey());
            entry.getValue().service().retire();
          }
          return gone;
        });
    neverRan.removeIf(key -> {
      var gone = !wanted.contains(key);
      if (gone) {
        board.remove(key.kind(), key.namespace(), key.name());
        balancers.remove(key.kind(), key.namespace(), key.name());
      }
      return gone;
    });
  }

  /** Of FailoverProxies. */
  public StatusBoard<DataPlaneStatus> status() {
    return new LiveCounters<>(board, this::refreshed);
  }

  private synchronized DataPlaneStatus refreshed(DataPlaneStatus published) {
    var key = new ResourceKey(published.kind(), published.namespace(), published.name());
    return service(key) instanceof ProxyService proxy ? proxy.status() : published;
  }

  /** Of StickyBalancers. */
  public StatusBoard<StickyBalancerReport> balancers() {
    return new LiveCounters<>(balancers, this::refreshed);
  }

  private synchronized StickyBalancerReport refreshed(StickyBalancerReport published) {
    var key = new ResourceKey(published.kind(), published.namespace(), published.name());
    return service(key) instanceof BalancerService balancer ? balancer.status() : published;
  }

  private @Nullable ResourceService service(ResourceKey key) {
    var current = running.get(key);
    return current == null ? null : current.service();
  }

  public synchronized List<MetricSource> metrics() {
    return Stream.concat(engine.metrics(), running.values().stream().map(Running::service))
        .toList();
  }

  /**
   * Asks for another primary. Never blocks for longer than a configuration takes to be applied.
   *
   * @return how far that has come when it was refused or chosen; empty when there is no such
   *     resource here
   */
  public synchronized Optional<CompletionStage<SwitchAnswer>> switchPrimary(
      String namespace, String name, SwitchRequested request) {
    return service(new ResourceKey("FailoverProxy", namespace, name)) instanceof ProxyService proxy
        ? Optional.of(proxy.switchTo(request))
        : Optional.empty();
  }

  /** What may be asked of this StickyBalancer; empty when there is no such resource here. */
  public synchronized Optional<StickControl> balancer(String namespace, String name) {
    return service(new ResourceKey(BALANCER, namespace, name)) instanceof BalancerService balancer
        ? Optional.of(new BalancerControl(balancer))
        : Optional.empty();
  }

  /**
   * Whether every resource has a configuration that runs and has ended its first choice, with or
   * without a primary; where replicas agree, whether this one agrees with the others. A drain ends
   * readiness, unless clients have nowhere else to go.
   */
  public synchronized boolean ready() {
    return !closed
        && (draining == null || alone())
        && !wanted.isEmpty()
        && running.keySet().equals(wanted)
        && running.values().stream().allMatch(current -> current.service().ready());
  }

  private boolean alone() {
    return running.values().stream().allMatch(current -> current.service().alone());
  }

  /**
   * Serves on until every resource's last connection has ended, new ones included, or has been cut
   * after its {@code shutdown.drainTimeout}. What serves clients that others could serve stops
   * being ready at once.
   */
  public synchronized CompletionStage<Void> drain() {
    if (draining == null) {
      var all =
          running.values().stream()
              .map(current -> current.service().drain().toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new);
      draining = CompletableFuture.allOf(all);
    }
    return draining;
  }

  /** Cuts what is left and frees everything. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      running.values().forEach(current -> current.service().close());
      engine.close();
    }
  }
}
