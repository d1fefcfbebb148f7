package dev.holdfast.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement.State;
import dev.holdfast.api.v1alpha1.FailoverProxyStatus;
import dev.holdfast.operator.Proxies;
import dev.holdfast.operator.children.PodSet;
import dev.holdfast.operator.dataplane.PodAddress;
import dev.holdfast.operator.dataplane.PodView;
import dev.holdfast.operator.dataplane.Words;
import dev.holdfast.operator.status.PodFact;
import dev.holdfast.operator.workload.ProxyWorkload;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScalingTest {
  private static final long NOW = 3;
  private static final long BEFORE = 2;
  private static final PodSet GONE = new PodSet(0, false, true);

  @Test
  @DisplayName("pods are added at once")
  void up() {
    assertThat(Scaling.pods(proxy(5, "g1"), together(3), List.of())).isEqualTo(5);
    assertThat(Scaling.pods(proxy(3, null), null, List.of())).isEqualTo(3);
    assertThat(Scaling.pods(proxy(3, null), GONE, List.of())).isEqualTo(3);
  }

  @Test
  @DisplayName("pods that decide alone go at once")
  void alone() {
    assertThat(Scaling.pods(unfenced(1), alone(3), pods(word(0, BEFORE), word(1, BEFORE))))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("members go one after the other, as the group takes them out")
  void down() {
    var shrinking = proxy(3, "g1");
    var five = together(5);
    assertThat(Scaling.pods(shrinking, five, pods(word(0, BEFORE, 0, 1, 2, 3, 4))))
        .as("it does not know yet")
        .isEqualTo(5);
    assertThat(Scaling.pods(shrinking, five, pods(word(0, NOW, 0, 1, 2, 3, 4)))).isEqualTo(5);
    assertThat(Scaling.pods(shrinking, five, pods(word(0, NOW, 0, 1, 2, 3)))).isEqualTo(4);
    assertThat(Scaling.pods(shrinking, five, pods(word(0, NOW, 0, 1, 2), word(1, NOW, 0, 1, 2, 4))))
        .as("one of them has not seen it yet")
        .isEqualTo(5);
    assertThat(Scaling.pods(shrinking, five, pods(word(0, NOW, 0, 1, 2)))).isEqualTo(3);
    assertThat(Scaling.pods(shrinking, five, pods(word(0, NOW, 0, 1)))).isEqualTo(3);
  }

  @Test
  @DisplayName("no pod goes while the group has no majority, or nobody answers")
  void silence() {
    var outOfContact =
        Words.saying(0, NOW, Words.agreement(State.OutOfContact, "g1", 0, 1, 2), null);
    assertThat(Scaling.pods(proxy(3, "g1"), together(5), pods(outOfContact))).isEqualTo(5);
    assertThat(Scaling.pods(proxy(3, "g1"), together(5), pods(word(0, NOW)))).isEqualTo(5);
    assertThat(Scaling.pods(proxy(3, "g1"), together(5), List.of())).isEqualTo(5);
  }

  @Test
  @DisplayName("no pod decides alone before the last one of a group has gone, and the other way")
  void toOne() {
    assertThat(Scaling.pods(proxy(1, "g1"), together(3), pods(word(0, NOW, 0, 1, 2)))).isZero();
    assertThat(Scaling.pods(unfenced(3), together(3), pods(word(0, NOW, 0, 1, 2)))).isZero();
    assertThat(Scaling.pods(proxy(3, null), alone(1), pods(word(0, NOW)))).isZero();

    assertThat(Scaling.pods(proxy(1, "g1"), new PodSet(0, false, false), List.of()))
        .as("its controller counts a pod")
        .isZero();
    assertThat(Scaling.pods(proxy(1, "g1"), GONE, pods(word(2, NOW, 0, 1, 2))))
        .as("one is still seen")
        .isZero();
    assertThat(Scaling.pods(proxy(1, "g1"), GONE, List.of())).isEqualTo(1);
  }

  @Test
  @DisplayName("a group that is given up goes with all its pods, but only when its data is lost")
  void givenUp() {
    var lost = new ConditionBuilder().withType("DataLost").withStatus("True").build();
    assertThat(Scaling.pods(annotated("g1", lost), together(3), List.of())).isZero();
    assertThat(Scaling.pods(annotated("g0", lost), together(3), List.of())).isEqualTo(3);
    assertThat(Scaling.pods(annotated("g1"), together(3), List.of())).isEqualTo(3);
    assertThat(Scaling.pods(annotated("g1", lost), GONE, List.of())).isEqualTo(3);
  }

  private static ProxyWorkload annotated(String group, Condition... conditions) {
    var proxy = proxy(3, "g1", conditions);
    proxy.resource().getMetadata().setAnnotations(Map.of("holdfast.dev/rebootstrap", group));
    return proxy;
  }

  private static PodSet together(int pods) {
    return new PodSet(pods, true, false);
  }

  private static PodSet alone(int pods) {
    return new PodSet(pods, false, false);
  }

  private static ProxyWorkload unfenced(int replicas) {
    return new ProxyWorkload(
        Proxies.minimalWith("replicas: %d\nagreement: {mode: None}".formatted(replicas)));
  }

  private static ProxyWorkload proxy(
      int replicas, @Nullable String clusterId, Condition... conditions) {
    var spec = "replicas: %d\nconnections: {onPrimaryChange: {policy: Sever}}".formatted(replicas);
    var status =
        new FailoverProxyStatus(
            NOW,
            List.of(conditions),
            null,
            List.of(),
            null,
            null,
            null,
            clusterId,
            null,
            1,
            1,
            null,
            List.of());
    return new ProxyWorkload(Proxies.with(Proxies.minimalWith(spec), status));
  }

  /** Without members: of a pod that decides alone. */
  private static DataPlaneStatus word(int pod, long generation, int... members) {
    return Words.saying(
        pod,
        generation,
        members.length == 0 ? null : Words.agreement(State.Agreed, "g1", members),
        null);
  }

  private static List<PodFact<DataPlaneStatus>> pods(DataPlaneStatus... words) {
    return Stream.of(words).map(ScalingTest::pod).toList();
  }

  private static PodFact<DataPlaneStatus> pod(DataPlaneStatus word) {
    var name = word.instance();
    var address = new PodAddress(name, "uid-" + name, "192.0.2.9", 2340);
    var view = new PodView<>(address, new PodView.Link.Live(Words.THEN), word);
    return new PodFact<>(name, PodFact.ordinal(name), true, false, null, null, view);
  }
}
