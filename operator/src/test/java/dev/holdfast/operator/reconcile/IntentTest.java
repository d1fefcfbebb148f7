package dev.holdfast.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.workload.ProxyWorkload;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IntentTest {

  @Test
  @DisplayName("a resource that is whole and not paused is applied")
  void plain() {
    assertThat(Intent.of(new ProxyWorkload(Proxies.minimal())).mayApply()).isTrue();
  }

  @Test
  @DisplayName("a pause is wished for in the spec or by annotation")
  void paused() {
    assertThat(Intent.of(new ProxyWorkload(Proxies.minimalWith("paused: true"))).mayApply())
        .isFalse();
    var annotated = Proxies.minimal();
    annotated.getMetadata().setAnnotations(Map.of("holdfast.dev/paused", "true"));
    assertThat(Intent.of(new ProxyWorkload(annotated)).paused()).isTrue();
    annotated.getMetadata().setAnnotations(Map.of("holdfast.dev/paused", "false"));
    assertThat(Intent.of(new ProxyWorkload(annotated)).paused()).isFalse();
  }

  @Test
  @DisplayName("a resource that wants what is not built yet is not applied in part")
  void notSupported() {
    var intent =
        Intent.of(new ProxyWorkload(Proxies.minimalWith("peers: [{name: p, host: h, port: 1}]")));
    assertThat(intent.mayApply()).isFalse();
    assertThat(intent.notSupported())
        .singleElement()
        .satisfies(field -> assertThat(field.field()).isEqualTo("spec.peers"));
  }
}
