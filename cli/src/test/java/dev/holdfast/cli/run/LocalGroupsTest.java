package dev.holdfast.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.health.reference.References;
import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.ManifestReader;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocalGroupsTest {
  private static final String GROUP =
      """
      apiVersion: holdfast.dev/v1alpha1
      kind: FloatingIpGroup
      metadata: {name: web}
      spec:
        provider:
          hetzner: {tokenSecretRef: {name: hcloud, key: token}, endpoint: http://127.0.0.1:1/v1}
        servers: {labelSelector: a=b}
        floatingIps: {labelSelector: a=b}
      """;

  @Test
  @DisplayName("A group whose token is missing is refused, by the name of the secret")
  void missingToken() {
    try (var groups = new LocalGroups(References.none(), InstantSource.system(), "host")) {
      var problems = groups.apply(manifests());

      assertThat(problems).hasSize(1);
      assertThat(problems.getFirst().toString())
          .contains("spec", "secret hcloud, key token", "--refs DIR");
    }
  }

  @Test
  @DisplayName("L41 A group that has not seen the cloud lately is not ready; none at all is")
  void readiness() {
    try (var groups =
        new LocalGroups(reference -> new byte[] {'t'}, InstantSource.system(), "host")) {
      assertThat(groups.ready()).isTrue();

      assertThat(groups.apply(manifests())).isEmpty();
      assertThat(groups.ready()).isFalse();
      assertThat(groups.status().all())
          .extracting(status -> status.namespace() + "/" + status.name() + " " + status.instance())
          .containsExactly("default/web host");

      assertThat(groups.apply(List.of())).isEmpty();
      assertThat(groups.ready()).isTrue();
      assertThat(groups.status().all()).isEmpty();
    }
  }

  private static List<Manifest> manifests() {
    return ManifestReader.trustingRules().read("web.yaml", GROUP).manifests();
  }
}
