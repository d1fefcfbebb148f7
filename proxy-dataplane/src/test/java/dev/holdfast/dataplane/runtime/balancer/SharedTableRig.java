package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.agreement.replica.Replicas;
import dev.holdfast.dataplane.agreement.replica.StickMessage;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import dev.holdfast.dataplane.agreement.stick.LedgerImage;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.config.AgreementConfig;
import dev.holdfast.dataplane.config.BalancedGroup;
import dev.holdfast.dataplane.config.BalancerConfig;
import dev.holdfast.dataplane.config.GroupHealth;
import dev.holdfast.dataplane.config.NoGroupPolicy;
import dev.holdfast.dataplane.config.ProxyConfig;
import dev.holdfast.dataplane.config.RecordedGroup;
import dev.holdfast.dataplane.config.ResourceKey;
import dev.holdfast.dataplane.metrics.PrometheusText;
import dev.holdfast.dataplane.relay.RelayOptions;
import dev.holdfast.dataplane.relay.RelayOptions.Listen;
import dev.holdfast.dataplane.runtime.DataPlaneOptions;
import dev.holdfast.dataplane.runtime.Engine;
import dev.holdfast.dataplane.runtime.MemoryGroup;
import dev.holdfast.dataplane.runtime.SampleClient;
import dev.holdfast.dataplane.runtime.replica.AgreementOptions;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.dataplane.status.StatusBoard;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.Stickiness;
import dev.holdfast.health.Health;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Three balancers of one resource in this process, each with a port, that share a table. */
final class SharedTableRig implements AutoCloseable {
  static final List<String> NAMES = List.of("p1", "p2", "p3");

  /** Longer than a machine with much else to do stands still. */
  private static final Duration LEASE = Duration.ofSeconds(4);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Where peers listen for each other. */
  private final Map<String, Integer> peerPorts = new LinkedHashMap<>();

  final MemoryGroup<TableCommand, LedgerImage, StickMessage> group =
      new MemoryGroup<>("p1", "p2", "p3");
  private final Function<String, Replicas> replicas;
  private final Function<String, Path> directory;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<String, Engine> engines = new LinkedHashMap<>();
  private final Map<String, BalancerService> services = new LinkedHashMap<>();
  private final Function<Integer, List<BalancedGroup>> groups;
  private NoGroupPolicy whileNoGroup = NoGroupPolicy.Close;

  /**
   * @param groups by the port where a replica listens
   */
  SharedTableRig(Function<Integer, List<BalancedGroup>> groups) {
    this(groups, null, Path::of);
  }

  /**
   * @param peers by name, who agree as processes do; null for a log in memory
   */
  SharedTableRig(
      Function<Integer, List<BalancedGroup>> groups,
      Function<String, Replicas> peers,
      Function<String, Path> directory) {
    this.groups = groups;
    this.directory = directory;
    replicas = peers == null ? _ -> group.replicas() : peers;
    var free = new ArrayList<Integer>();
    while (free.size() < 2 * NAMES.size()) {
      free.addAll(BalancerRig.freePorts());
    }
    for (var name : NAMES) {
      ports.put(name, free.removeFirst());
      peerPorts.put(name, free.removeFirst());
    }
  }

  SharedTableRig whileNoGroup(NoGroupPolicy policy) {
    whileNoGroup = policy;
    return this;
  }

  SharedTableRig startAll() {
    NAMES.forEach(this::start);
    NAMES.forEach(name -> await(name + " is ready", () -> service(name).ready()));
    return this;
  }

  void start(String name) {
    var options =
        DataPlaneOptions.of(name)
            .withEventLoops(1)
            .withAgreement(new AgreementOptions(replicas.apply(name), directory.apply(name), null));
    var engine = Engine.start(options, new LiveStatusBoard<>(), new LiveStatusBoard<>());
    engines.put(name, engine);
    var config = config(name, groups.apply(port(name)));
    var around = engine.surroundings();
    var opening = Objects.requireNonNull(around.replicas().opening(config));
    var opened = opening.open(WireFormat.ofBalancers());
    var service = new BalancerService(around, config, opened);
    services.put(name, service);
    service.start();
  }

  private List<ReplicaAddress> addresses() {
    return NAMES.stream()
        .map(name -> new ReplicaAddress(name, "127.0.0.1", peerPorts.get(name)))
        .toList();
  }

  private BalancerConfig config(String name, List<BalancedGroup> with) {
    return new BalancerConfig(
        new ResourceKey("StickyBalancer", "default", "games"),
        new ProxyConfig.Version(null, 0),
        with,
        new Stickiness(32, 128, null, Duration.ofMinutes(30), 1_000),
        Balance.LeastKeys,
        whileNoGroup,
        new GroupHealth(Health.Unknown),
        RelayOptions.defaults("default/games", "127.0.0.1", 1)
            .withBackends(with.stream().map(group -> group.policy().name()).toList())
            .withOnConnectFailure(RelayOptions.OnConnectFailure.Close)
            .withListen(Stream.of(port(name)).map(port -> new Listen("127.0.0.1", port)).toList()),
        SECOND,
        SECOND,
        true,
        new AgreementConfig(
            LEASE, Duration.ofSeconds(2), 3, addresses(), new RecordedGroup(null, null, 0)));
  }

  void configure(String name, Function<Integer, List<BalancedGroup>> next) {
    service(name).configure(config(name, next.apply(port(name))));
  }

  int port(String name) {
    return ports.get(name);
  }

  BalancerService service(String name) {
    return services.get(name);
  }

  StickyBalancerReport status(String name) {
    return service(name).status();
  }

  /** All that it tells from now on, and what it told last. */
  StatusBoard.Subscription hear(String name, Consumer<StickyBalancerReport> listener) {
    return engines.get(name).surroundings().balancers().subscribe(listener);
  }

  String metrics(String name) {
    var text = new PrometheusText();
    service(name).collect(text);
    return text.toString();
  }

  StickyBalancerReport.Group group(String name, int id) {
    return status(name).groups().stream().filter(one -> one.id() == id).findFirst().orElseThrow();
  }

  Agreement agreement(String name) {
    return status(name).agreement();
  }

  void stop(String name) {
    services.remove(name).close();
    engines.remove(name).close();
  }

  /** What a new client of this address reaches, tried until there is something. */
  String reached(int host, String name) {
    var found = new String[1];
    await(
        host + " reaches a group at " + name,
        () -> {
          found[0] = SampleClient.reached(host, port(name));
          return !found[0].equals("null");
        });
    return found[0];
  }

  static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(condition);
  }

  @Override
  public void close() {
    services.values().forEach(BalancerService::close);
    engines.values().forEach(Engine::close);
    group.close();
  }
}
