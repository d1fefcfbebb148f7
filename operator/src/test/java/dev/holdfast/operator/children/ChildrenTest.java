package dev.holdfast.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.Balancers;
import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.Workloads;
import dev.holdfast.operator.workload.BalancerWorkload;
import dev.holdfast.operator.workload.ProxyWorkload;
import dev.holdfast.operator.workload.Workload;
import dev.holdfast.operator.workload.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code x.in.yaml} gives {@code x.out.yaml}. To write the results anew, and then read the
 * difference: {@code mvn -pl operator test -Dtest=ChildrenTest -Dgolden.write}
 */
class ChildrenTest {

  private static final Path DIRECTORY = Path.of("src/test/resources/children");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  static Stream<String> cases() throws IOException {
    try (var files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".in.yaml"))
          .map(name -> name.replace(".in.yaml", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  @DisplayName("a resource gives exactly these objects")
  void golden(String name) throws IOException {
    var workload = Workloads.read(Files.readString(DIRECTORY.resolve(name + ".in.yaml")));
    var made = children(workload).stream().map(YAML::asYaml).collect(Collectors.joining());
    var expected = DIRECTORY.resolve(name + ".out.yaml");
    if (System.getProperty("golden.write") != null) {
      Files.writeString(expected, made);
    }
    assertThat(made).isEqualTo(Files.readString(expected));
  }

  @Test
  @DisplayName("ports, backends and the drain change without a change of the pod template")
  void runningPodsStay() {
    var before = new ProxyWorkload(Proxies.minimal());
    var after =
        Workloads.read(
            Proxies.MINIMAL
                .replace("listen: {port: 5432}", "listen: {port: 55}")
                .replace("pg-1.db", "pg-9.db")
                .concat("  shutdown: {drainTimeout: 4s}\n"));
    assertThat(DataPlaneStatefulSet.desired(after, "image", 1))
        .isEqualTo(DataPlaneStatefulSet.desired(before, "image", 1));
    assertThat(ClientService.desired(after)).isNotEqualTo(ClientService.desired(before));
    assertThat(Configuration.desired(after)).isNotEqualTo(Configuration.desired(before));
  }

  @Test
  @DisplayName("groups and ports change without a change of a balancer's pod template; so do keys")
  void runningBalancersStay() {
    var before = new BalancerWorkload(Balancers.minimal());
    var after =
        Workloads.read(
            Balancers.MINIMAL
                .replace("ports: [5280, 5281]", "ports: [80]")
                .replace("blue.game", "green.game")
                .concat("  stickiness: {expireAfter: 5s, maxEntries: 990000}\n"));
    assertThat(DataPlaneStatefulSet.desired(after, "image", 1))
        .isEqualTo(DataPlaneStatefulSet.desired(before, "image", 1));
    assertThat(ClientService.desired(after)).isNotEqualTo(ClientService.desired(before));
    assertThat(Configuration.desired(after)).isNotEqualTo(Configuration.desired(before));
  }

  @Test
  @DisplayName("the objects of two kinds with one name do not meet, but for the client Service")
  void kindsDoNotMeet() {
    var proxy = ChildNames.of(new ProxyWorkload(Proxies.minimal()));
    var balancer = new ChildNames(proxy.namespace(), proxy.name(), WorkloadKind.BALANCER);
    assertThat(balancer.shared()).isEqualTo("postgres-stb").isNotEqualTo(proxy.shared());
    assertThat(balancer.podsService()).isEqualTo("postgres-stb-pods");
    assertThat(balancer.podSelectorText())
        .isEqualTo(
            "app.kubernetes.io/component=stickybalancer,app.kubernetes.io/instance=postgres,"
                + "app.kubernetes.io/name=holdfast-dataplane");
    assertThat(proxy.podSelectorText()).contains("component=failoverproxy");
  }

  private static List<HasMetadata> children(Workload workload) {
    return List.of(
        DataPlaneStatefulSet.desired(
            workload, "localhost/holdfast-dataplane:dev", workload.spec().replicas()),
        ClientService.desired(workload),
        PodsService.desired(workload),
        Configuration.desired(workload),
        DisruptionBudget.desired(workload),
        PodServiceAccount.desired(workload),
        AccessPolicy.desired(workload, "holdfast-system"));
  }
}
