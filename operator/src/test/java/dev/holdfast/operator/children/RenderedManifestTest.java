package dev.holdfast.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.api.v1alpha1.FailoverProxy;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.manifest.ManifestReader;
import dev.holdfast.manifest.SpecBinder;
import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.workload.ProxyWorkload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RenderedManifestTest {

  @Test
  @DisplayName("a pod reads the very spec that the resource has, with its uid and generation")
  void roundTrip() {
    var proxy = Proxies.minimalWith("checks: [{name: up, tcp: {}}]\nservice: {nodePort: 0}");
    var manifests =
        ManifestReader.trustingRules().read("x", RenderedManifest.of(new ProxyWorkload(proxy)));
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
            3L, List.of(), primary, List.of(), null, null, null, null, null, 1, 1, null, List.of());
    var tree = tree(Proxies.with(Proxies.minimal(), status));
    assertThat(tree.at("/status/primary/name").textValue()).isEqualTo("pg-1");
    assertThat(tree.at("/status/primary/epoch").longValue()).isEqualTo(7);
    assertThat(tree.at("/status").size()).isEqualTo(1);
  }

  @Test
  @DisplayName("the group that was known last goes along, and that another one may be founded")
  void group() {
    var status =
        new FailoverProxyStatus(
            3L, List.of(), null, List.of(), null, null, null, "g1", 9L, 1, 1, null, List.of());
    var proxy = Proxies.with(Proxies.minimal(), status);
    proxy.getMetadata().setAnnotations(Map.of("holdfast.dev/rebootstrap", "g1", "other", "x"));
    var tree = tree(proxy);
    assertThat(tree.at("/status/clusterId").textValue()).isEqualTo("g1");
    assertThat(tree.at("/status/epoch").longValue()).isEqualTo(9);
    assertThat(tree.at("/metadata/annotations").properties())
        .containsExactly(Map.entry("holdfast.dev/rebootstrap", new TextNode("g1")));
  }

  @Test
  @DisplayName("the highest epoch outlives the group")
  void epoch() {
    var status =
        new FailoverProxyStatus(
            3L, List.of(), null, List.of(), null, null, null, null, 9L, 1, 1, null, List.of());
    var tree = tree(Proxies.with(Proxies.minimal(), status));
    assertThat(tree.at("/status/epoch").longValue()).isEqualTo(9);
    assertThat(tree.at("/status").size()).isEqualTo(1);
  }

  private static JsonNode tree(FailoverProxy proxy) {
    var manifests =
        ManifestReader.trustingRules().read("x", RenderedManifest.of(new ProxyWorkload(proxy)));
    assertThat(manifests.problems()).isEmpty();
    return manifests.manifests().getFirst().tree();
  }

  @Test
  @DisplayName("the same resource gives the same text")
  void stable() {
    assertThat(RenderedManifest.of(new ProxyWorkload(Proxies.minimal())))
        .isEqualTo(RenderedManifest.of(new ProxyWorkload(Proxies.minimal())));
  }
}
