package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.FreePorts;
import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.config.Destination;
import dev.holdfast.dataplane.config.GroupCheck;
import dev.holdfast.dataplane.config.GroupHealth;
import dev.holdfast.dataplane.config.HealthCheck;
import dev.holdfast.dataplane.config.NoGroupPolicy;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.relay.RelayOptions;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.relay.RelayOptions.OnConnectFailure;
import dev.holdfast.dataplane.runtime.DataPlaneOptions;
import dev.holdfast.dataplane.runtime.Engine;
import dev.holdfast.dataplane.runtime.SampleBackend;
import dev.holdfast.dataplane.state.TableStore;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.Stickiness;
import dev.holdfast.health.Health;
import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A balancer over real sockets, with two ports. */
public final class BalancerRig implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);

  final List<Integer> ports;
  private final LiveStatusBoard<StickyBalancerReport> board = new LiveStatusBoard<>();
  private final Engine engine;
  private final BalancerService service;
  private BalancerConfig config;

  /** Runs with these groups, and waits until its ports are open. */
  public BalancerRig(BalancedGroup... groups) {
    this(freePorts(), TableStore.none(), groups);
  }

  public BalancerRig(List<Integer> ports, TableStore tables, BalancedGroup... groups) {
    this.ports = ports;
    engine =
        Engine.start(
            DataPlaneOptions.of("test").withEventLoops(2).withTables(tables),
            new LiveStatusBoard<>(),
            board);
    config = config(groups);
    service = new BalancerService(engine.surroundings(), config, null);
    service.start();
  }

  public static List<Integer> freePorts() {
    return List.of(FreePorts.next(), FreePorts.next());
  }

  private BalancerConfig config(BalancedGroup... groups) {
    var names = Stream.of(groups).map(group -> group.policy().name()).toList();
    return new BalancerConfig(
        new ResourceKey("StickyBalancer", "default", "games"),
        new ProxyConfig.Version(null, 0),
        List.of(groups),
        new Stickiness(32, 128, null, Duration.ofMinutes(30), 100),
        Balance.LeastKeys,
        NoGroupPolicy.Close,
        new GroupHealth(Health.Unknown),
        RelayOptions.defaults("default/games", "127.0.0.1", 1)
            .withBackends(names)
            .withOnConnectFailure(OnConnectFailure.Close)
            .withListen(ports.stream().map(port -> new Listen("127.0.0.1", port)).toList()),
        SECOND,
        SECOND,
        true,
        null);
  }

  /** A group that has a server for each of these ports. */
  public static BalancedGroup group(
      int id, GroupState state, List<Integer> ports, SampleBackend... servers) {
    Map<Integer, Destination> byPort = new LinkedHashMap<>();
    for (int at = 0; at < ports.size(); at++) {
      byPort.put(ports.get(at), new Destination("127.0.0.1", servers[at].port()));
    }
    return new BalancedGroup(new GroupPolicy(id, "group-" + id, state, 1), byPort, List.of());
  }

  /** The group with this check in addition: a connect to each of its servers, quickly judged. */
  public static BalancedGroup checked(BalancedGroup group, String name, GroupState onFail) {
    var checks = new ArrayList<>(group.checks());
    var schedule = new Schedule(Duration.ofMillis(50), Duration.ofMillis(50));
    var settings = new CheckSettings(schedule, SECOND, new Thresholds(1, 1));
    checks.add(new GroupCheck(new HealthCheck(name, new CheckKind.Tcp(0), settings), onFail));
    return new BalancedGroup(group.policy(), group.byListenPort(), checks);
  }

  void configure(BalancedGroup... groups) {
    configure(config(groups));
  }

  void configure(BalancerConfig next) {
    config = next;
    service.configure(next);
  }

  BalancerConfig config() {
    return config;
  }

  public BalancerRig open() {
    await(status -> service.ready());
    return this;
  }

  boolean ready() {
    return service.ready();
  }

  void apply(StickCommand.Wish command) throws Exception {
    service.wish(command).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  StickyBalancerReport status() {
    return service.status();
  }

  public StickyBalancerReport.Group group(int id) {
    return status().groups().stream().filter(one -> one.id() == id).findFirst().orElseThrow();
  }

  void await(Predicate<StickyBalancerReport> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> condition.test(status()));
  }

  public void awaitState(int group, GroupState state) {
    await(_ -> group(group).effective().equals(state.name()));
  }

  public BalancerService service() {
    return service;
  }

  @Override
  public void close() {
    service.close();
    engine.close();
  }
}
