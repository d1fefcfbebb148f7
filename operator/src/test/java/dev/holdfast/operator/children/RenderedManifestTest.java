package dev.holdfast.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.SpecBinder;
import dev.holdfast.operator.Proxies;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RenderedManifestTest {

  @Test
  @DisplayName("a pod reads the very spec that the resource has, with its uid and generation")
  void roundTrip() {
    var proxy = Proxies.minimalWith("checks: [{name: up, tcp: {}}]\nservice: {nodePort: 0}");
    var manifests =
        ManifestReader.trustingRules().read(Configuration.FILE, RenderedManifest.of(proxy));
    assertThat(manifests.problems()).isEmpty();
    var manifest = manifests.manifests().getFirst();
    assertThat(SpecBinder.failoverProxy(manifest)).isEqualTo(proxy.getSpec());
    assertThat(manifest.uid()).isEqualTo(proxy.getMetadata().getUid());
    assertThat(manifest.generation()).isEqualTo(3);
    assertThat(manifest.tree().has("status")).isFalse();
  }

  @Test
  @DisplayName("the primary that was known last goes along, with its epoch")
  void floor() {
    var primary =
        new FailoverProxyStatus.PrimaryStatus("pg-1", "192.0.2.1:1", 7, "then", "Initial");
    var status =
        new FailoverProxyStatus(
            3L, List.of(), primary, List.of(), null, null, null, 1, 1, null, List.of());
    var text = RenderedManifest.of(Proxies.with(Proxies.minimal(), status));
    var tree = ManifestReader.trustingRules().read("x", text).manifests().getFirst().tree();
    assertThat(tree.at("/status/primary/name").textValue()).isEqualTo("pg-1");
    assertThat(tree.at("/status/primary/epoch").longValue()).isEqualTo(7);
  }

  @Test
  @DisplayName("the same resource gives the same text")
  void stable() {
    assertThat(RenderedManifest.of(Proxies.minimal()))
        .isEqualTo(RenderedManifest.of(Proxies.minimal()));
  }
}
