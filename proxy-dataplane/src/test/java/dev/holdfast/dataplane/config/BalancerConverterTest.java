package dev.holdfast.dataplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.replica.ReplicaAddress;
import dev.holdfast.dataplane.relay.RelayOptions;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.Stickiness;
import dev.holdfast.health.Health;
import dev.holdfast.health.Schedule;
import dev.holdfast.health.Thresholds;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.CheckSettings;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BalancerConverterTest {
  private static final String ONE =
      """
      listen: {address: 10.0.0.1, ports: [5281, 5280]}
      groups: [{id: 7, name: blue, host: blue.example.org}]
      """;

  @Test
  @DisplayName("S2 One address listens on all ports")
  void listen() {
    assertThat(read(ONE).relay().listen())
        .containsExactly(
            new RelayOptions.Listen("10.0.0.1", 5281), new RelayOptions.Listen("10.0.0.1", 5280));
  }

  @Test
  @DisplayName("S7 A host takes each port, and a map says a server for each")
  void destinations() {
    assertThat(read(ONE).groups().getFirst().byListenPort())
        .containsExactly(
            Map.entry(5281, new Destination("blue.example.org", 5281)),
            Map.entry(5280, new Destination("blue.example.org", 5280)));
    var mapped =
        read(
            """
            listen: {ports: [5280, 5281]}
            groups:
              - id: 7
                name: blue
                ports:
                  - {listen: 5281, host: a, port: 1}
                  - {listen: 5280, host: "::1", port: 2}
            """);
    assertThat(mapped.groups().getFirst().byListenPort())
        .containsExactly(
            Map.entry(5280, new Destination("::1", 2)), Map.entry(5281, new Destination("a", 1)));
  }

  @Test
  @DisplayName("S6 S8 A group keeps its number, its name, what is wished of it and its weight")
  void policies() {
    var groups =
        """
        listen: {ports: [5280]}
        groups:
          - {id: 9, name: z, host: a, state: Draining, weight: 3}
          - {id: 0, name: a, host: a, state: Disabled}
          - {id: 4, name: m, host: a}
        """;
    assertThat(read(groups).groups())
        .extracting(BalancedGroup::policy)
        .containsExactly(
            new GroupPolicy(9, "z", GroupState.Draining, 3),
            new GroupPolicy(0, "a", GroupState.Disabled, 1),
            new GroupPolicy(4, "m", GroupState.Active, 1));
  }

  @Test
  @DisplayName("S11 A check falls after 3, rises after 5, runs each 5 s for half of it, and drains")
  void checkDefaults() {
    assertThat(check("{name: up, tcp: {}}"))
        .isEqualTo(
            new GroupCheck(
                new HealthCheck(
                    "up",
                    new CheckKind.Tcp(0),
                    new CheckSettings(
                        new Schedule(Duration.ofSeconds(5), Duration.ofSeconds(1)),
                        Duration.ofMillis(2500),
                        new Thresholds(5, 3))),
                GroupState.Draining));
  }

  @Test
  @DisplayName("S11 A failing check drains or disables its group, or does nothing")
  void onFail() {
    assertThat(check("{name: up, tcp: {}, onFail: Disable}").onFail())
        .isEqualTo(GroupState.Disabled);
    assertThat(check("{name: up, tcp: {}, onFail: Ignore}").onFail()).isEqualTo(GroupState.Active);
    assertThat(check("{name: up, http: {path: /up}}").check().kind())
        .isInstanceOf(CheckKind.Http.class);
  }

  @Test
  @DisplayName("S5 S17 Clients are known by their address for 30 minutes unless more is said")
  void stickiness() {
    assertThat(read(ONE).stickiness())
        .isEqualTo(new Stickiness(32, 128, null, Duration.ofMinutes(30), 1_000_000));
    var sliced =
        read(
            ONE
                + """
                stickiness:
                  key: {type: ClientIPAndFirstBytes}
                  firstBytes: {start: 4, end: 20, onShort: Reject}
                  ipv4Prefix: 24
                  expireAfter: 10s
                  maxEntries: 5
                """);
    assertThat(sliced.stickiness())
        .isEqualTo(
            new Stickiness(
                24,
                128,
                new Stickiness.FirstBytes(4, 20, Duration.ofSeconds(2), Stickiness.OnShort.Reject),
                Duration.ofSeconds(10),
                5));
    assertThat(sliced.relay().firstBytes())
        .isEqualTo(
            new RelayOptions.FirstBytes(
                4, 20, Duration.ofSeconds(2), RelayOptions.FirstBytes.OnShort.Reject));
    assertThat(read(ONE).relay().firstBytes()).isNull();
  }

  @Test
  @DisplayName("S19 New keys go to the group with the fewest unless another way is named")
  void balance() {
    assertThat(read(ONE).balance()).isEqualTo(Balance.LeastKeys);
    assertThat(read(ONE + "balance: Hash").balance()).isEqualTo(Balance.Hash);
    assertThat(read(ONE + "balance: RoundRobin").balance()).isEqualTo(Balance.RoundRobin);
  }

  @Test
  @DisplayName("Clients are closed while no group may take them, or held within time and number")
  void whileNoGroup() {
    assertThat(read(ONE).whileNoGroup()).isEqualTo(NoGroupPolicy.Close);
    var held = read(ONE + "whileNoGroup: {policy: Hold, holdFor: 1s, maxHeld: 7}");
    assertThat(held.whileNoGroup()).isEqualTo(NoGroupPolicy.Hold);
    assertThat(held.relay().waits().holdFor()).isEqualTo(Duration.ofSeconds(1));
    assertThat(held.relay().waits().retryDeadline()).isEqualTo(Duration.ofSeconds(6));
    assertThat(held.relay().limits().maxHeld()).isEqualTo(7);
    assertThat(read(ONE).health().initial()).isEqualTo(Health.Unknown);
  }

  @Test
  @DisplayName("S15 Pods share a table unless there is one, or consistency is Local")
  void pods() {
    assertThat(read("uid", ONE).agreement().replicas()).isEqualTo(3);
    assertThat(read("uid", ONE).alone()).isFalse();
    assertThat(read("uid", ONE + "replicas: 1").agreement()).isNull();
    assertThat(read("uid", ONE + "replication: {consistency: Local}").agreement()).isNull();
    assertThat(problems(manifest("uid", ONE + "peers: [{name: a, host: a, port: 1}]")))
        .extracting(Problem::field)
        .containsExactly("spec.peers");
  }

  @Test
  @DisplayName("S15 Peers share a table unless consistency is Local; two are too few")
  void peers() {
    var peers = ONE + "peers: [{name: a, host: a, port: 1}, {name: b, host: b, port: 2}";
    var three = peers + ", {name: c, host: c, port: 3}]";
    var agreement = read(three).agreement();
    assertThat(agreement.peers()).extracting(ReplicaAddress::name).containsExactly("a", "b", "c");
    assertThat(agreement.leaseDuration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(read(three + "\nreplication: {consistency: Local}").agreement()).isNull();
    assertThat(read(ONE).agreement()).isNull();
    assertThat(problems(manifest(null, peers + "]")))
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("expected 3, 5 or 7 data planes", "replication.consistency to Local");
  }

  @Test
  @DisplayName("S14 A pod is alone when it is the only one, else others serve its clients as well")
  void inCluster() {
    assertThat(read("uid", ONE + "replicas: 1").alone()).isTrue();
    var local = read("uid", ONE + "replicas: 2\nreplication: {consistency: Local}");
    assertThat(local.alone()).isFalse();
    assertThat(local.version()).isEqualTo(new ProxyConfig.Version("uid", 1));
    assertThat(read(ONE).alone()).isTrue();
  }

  private static GroupCheck check(String check) {
    return read("listen: {ports: [1]}\ngroups: [{id: 7, name: b, host: b, checks: ["
            + check
            + "]}]")
        .groups()
        .getFirst()
        .checks()
        .getFirst();
  }

  private static BalancerConfig read(String spec) {
    return read(null, spec);
  }

  private static BalancerConfig read(@Nullable String uid, String spec) {
    return switch (ConfigReader.read(manifest(uid, spec))) {
      case ConfigResult.Accepted(BalancerConfig config) -> config;
      case ConfigResult.Accepted(ProxyConfig config) -> throw new AssertionError(config);
      case ConfigResult.Refused(var problems) -> throw new AssertionError(problems);
    };
  }

  private static List<Problem> problems(Manifest manifest) {
    return ((ConfigResult.Refused) ConfigReader.read(manifest)).problems();
  }

  private static Manifest manifest(@Nullable String uid, String spec) {
    var text =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: StickyBalancer
        metadata: {name: game}
        spec:
        """
            + spec.indent(2);
    var read = ManifestReader.trustingRules().read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    var manifest = read.manifests().getFirst();
    return new Manifest(
        manifest.kind(),
        manifest.namespace(),
        manifest.name(),
        uid,
        uid == null ? 0 : 1,
        manifest.file(),
        manifest.tree());
  }
}
