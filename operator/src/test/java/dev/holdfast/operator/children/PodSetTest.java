package dev.holdfast.operator.children;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.workload.ProxyWorkload;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodSetTest {
  private static final String TOGETHER =
      "replicas: 3\nconnections: {onPrimaryChange: {policy: Sever}}";

  @Test
  @DisplayName("from the pods' template it is seen whether they decide together")
  void agree() {
    assertThat(PodSet.of(made(TOGETHER, 3)).agree()).isTrue();
    assertThat(PodSet.of(made("replicas: 1", 1)).agree()).isFalse();
    assertThat(PodSet.of(made(TOGETHER, 3)).wanted()).isEqualTo(3);
  }

  @Test
  @DisplayName("pods have ended when none is wanted, and their controller knows that and has none")
  void ended() {
    assertThat(PodSet.of(counted(0, 0, 2L)).ended()).isTrue();
    assertThat(PodSet.of(counted(0, 1, 2L)).ended()).isFalse();
    assertThat(PodSet.of(counted(0, 0, 1L)).ended()).as("of what it was before").isFalse();
    assertThat(PodSet.of(counted(3, 0, 2L)).ended()).isFalse();
    assertThat(PodSet.of(made(TOGETHER, 0)).ended()).as("it has not begun").isFalse();
  }

  private static StatefulSet made(String spec, int pods) {
    var set =
        DataPlaneStatefulSet.desired(new ProxyWorkload(Proxies.minimalWith(spec)), "image", pods);
    set.getMetadata().setGeneration(2L);
    return set;
  }

  private static StatefulSet counted(int wanted, int there, long observed) {
    return new StatefulSetBuilder(made(TOGETHER, wanted))
        .withNewStatus()
        .withReplicas(there)
        .withObservedGeneration(observed)
        .endStatus()
        .build();
  }
}
