package dev.holdfast.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.operator.Proxies;
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
    var proxy = Proxies.read(Files.readString(DIRECTORY.resolve(name + ".in.yaml")));
    var made = children(proxy).stream().map(YAML::asYaml).collect(Collectors.joining());
    var expected = DIRECTORY.resolve(name + ".out.yaml");
    if (System.getProperty("golden.write") != null) {
      Files.writeString(expected, made);
    }
    assertThat(made).isEqualTo(Files.readString(expected));
  }

  @Test
  @DisplayName("ports, backends and the drain change without a change of the pod template")
  void runningPodsStay() {
    var before = Proxies.minimal();
    var after =
        Proxies.read(
            Proxies.MINIMAL
                .replace("listen: {port: 5432}", "listen: {port: 55}")
                .replace("pg-1.db", "pg-9.db")
                .concat("  shutdown: {drainTimeout: 4s}\n"));
    assertThat(DataPlaneStatefulSet.desired(after, "image", 1))
        .isEqualTo(DataPlaneStatefulSet.desired(before, "image", 1));
    assertThat(ClientService.desired(after)).isNotEqualTo(ClientService.desired(before));
    assertThat(Configuration.desired(after)).isNotEqualTo(Configuration.desired(before));
  }

  private static List<HasMetadata> children(FailoverProxy proxy) {
    return List.of(
        DataPlaneStatefulSet.desired(
            proxy, "localhost/holdfast-dataplane:dev", proxy.getSpec().replicas()),
        ClientService.desired(proxy),
        PodsService.desired(proxy),
        Configuration.desired(proxy),
        DisruptionBudget.desired(proxy),
        PodServiceAccount.desired(proxy),
        AccessPolicy.desired(proxy, "holdfast-system"));
  }
}
