package dev.holdfast.operator.floatingipgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FloatingIpGroup;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.SpecBinder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** Resources as the API server would hand them over: with defaults. */
final class FloatingIpGroups {

  private static final String MINIMAL =
      """
      apiVersion: holdfast.dev/v1alpha1
      kind: FloatingIpGroup
      metadata: {name: web, namespace: edge}
      spec:
        provider:
          hetzner: {tokenSecretRef: {name: hcloud, key: token}, endpoint: "%s"}
        servers: {labelSelector: environment=demo}
        floatingIps: {labelSelector: environment=demo}
      """;

  private FloatingIpGroups() {}

  static FloatingIpGroup at(String endpoint) {
    return with(endpoint, "");
  }

  /**
   * @param spec more lines of it
   */
  static FloatingIpGroup with(String endpoint, String spec) {
    var yaml = MINIMAL.formatted(endpoint) + spec.indent(2);
    var manifests = ManifestReader.trustingRules().read("test.yaml", yaml);
    assertThat(manifests.problems()).isEmpty();
    var manifest = manifests.manifests().getFirst();
    var group = new FloatingIpGroup();
    group.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(manifest.namespace())
            .withName(manifest.name())
            .withUid("5f0c2c1e-6b7e-4f0e-9a55-7d4cf1f0a002")
            .withGeneration(3L)
            .build());
    group.setSpec(SpecBinder.floatingIpGroup(manifest));
    return group;
  }
}
