package dev.holdfast.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.manifest.Manifest;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.operator.workload.BalancerWorkload;
import dev.holdfast.operator.workload.ProxyWorkload;
import dev.holdfast.operator.workload.Workload;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** Resources of either kind. */
public final class Workloads {

  private Workloads() {}

  public static Workload read(String yaml) {
    return manifest(yaml).kind().equals("StickyBalancer")
        ? new BalancerWorkload(Balancers.read(yaml))
        : new ProxyWorkload(Proxies.read(yaml));
  }

  static Manifest manifest(String yaml) {
    var manifests = ManifestReader.trustingRules().read("test.yaml", yaml);
    assertThat(manifests.problems()).isEmpty();
    return manifests.manifests().getFirst();
  }

  static ObjectMeta metadata(Manifest manifest) {
    return new ObjectMetaBuilder()
        .withNamespace(manifest.namespace())
        .withName(manifest.name())
        .withUid("5f0c2c1e-6b7e-4f0e-9a55-7d4cf1f0a001")
        .withGeneration(3L)
        .build();
  }
}
