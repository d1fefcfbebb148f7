package dev.holdfast.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FailoverProxySpec;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.SpecBinder;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupportedFieldsTest {

  @Test
  @DisplayName("A resource that says no more than it must is supported whole")
  void minimal() {
    assertThat(fields("paused: false")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp: {}",
        "http: {}",
        "https: {}",
        "exec: {command: [/bin/true]}",
        "sendExpect: {expect: a}"
      })
  @DisplayName("Checks of every kind are supported")
  void checks(String kind) {
    assertThat(fields("checks: [{name: up, " + kind + "}]")).isEmpty();
  }

  @Test
  @DisplayName("What means nothing in a cluster is named with its path, and runs elsewhere")
  void elsewhere() {
    var peers = "peers: [{name: p, host: h, port: 1}]";
    assertThat(inCluster(peers)).containsExactly("spec.peers");
    assertThat(fields(peers)).isEmpty();
  }

  @Test
  @DisplayName("Replicas that agree, and replicas that need not, are supported")
  void replicas() {
    assertThat(inCluster("replicas: 3")).isEmpty();
    assertThat(inCluster("replicas: 5\n  agreement: {mode: Raft}")).isEmpty();
    assertThat(inCluster("replicas: 3\n  agreement: {mode: None}")).isEmpty();
  }

  @Test
  @DisplayName("A balancer is supported in a cluster, but for what means something outside only")
  void balancers() {
    assertThat(balancer("replicas: 1")).isEmpty();
    assertThat(balancer("replicas: 4\n  replication: {consistency: Local}")).isEmpty();
    assertThat(balancer("replicas: 3")).isEmpty();
    assertThat(balancer("replicas: 1\n  peers: [{name: p, host: h, port: 1}]"))
        .containsExactly("spec.peers");
  }

  private static List<String> balancer(String yaml) {
    var text =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: StickyBalancer
        metadata: {name: game}
        spec:
          listen: {ports: [5280]}
          groups: [{id: 1, name: blue, host: blue.game}]
          %s
        """
            .formatted(yaml);
    var read = ManifestReader.trustingRules().read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    return names(
        UnsupportedFields.inCluster(SpecBinder.stickyBalancer(read.manifests().getFirst())));
  }

  private static List<String> fields(String yaml) {
    return names(UnsupportedFields.in(spec(yaml)));
  }

  private static List<String> inCluster(String yaml) {
    return names(UnsupportedFields.inCluster(spec(yaml)));
  }

  private static List<String> names(List<Unsupported> found) {
    return found.stream().map(Unsupported::field).toList();
  }

  private static FailoverProxySpec spec(String yaml) {
    var text =
        """
        apiVersion: holdfast.dev/v1alpha1
        kind: FailoverProxy
        metadata: {name: db}
        spec:
          listen: {port: 5432}
          backends: [{name: a, host: a.db, port: 5432}]
          %s
        """
            .formatted(yaml);
    var read = ManifestReader.trustingRules().read("test.yaml", text);
    assertThat(read.problems()).isEmpty();
    return SpecBinder.failoverProxy(read.manifests().getFirst());
  }
}
