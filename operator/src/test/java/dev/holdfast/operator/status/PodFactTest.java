package dev.holdfast.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodFactTest {

  @Test
  @DisplayName("an image that cannot be had has one name, whatever the kubelet calls it")
  void image() {
    for (var reason :
        new String[] {
          "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"
        }) {
      assertThat(PodFact.of(waiting(reason, "not found"), null).trouble())
          .isEqualTo(new PodFact.Trouble("ImagePullFailed", "not found"));
    }
  }

  @Test
  @DisplayName("a container that is being made is no trouble, one that crashes is")
  void waitingReasons() {
    assertThat(PodFact.of(waiting("ContainerCreating", null), null).trouble()).isNull();
    assertThat(PodFact.of(waiting("CrashLoopBackOff", "back-off 10s"), null).trouble())
        .isEqualTo(new PodFact.Trouble("CrashLoopBackOff", "back-off 10s"));
  }

  @Test
  @DisplayName("a container that crashes is quoted with its last words")
  void lastWords() {
    var pod =
        new PodBuilder(waiting("CrashLoopBackOff", "back-off 10s"))
            .editStatus()
            .editFirstContainerStatus()
            .withNewLastState()
            .withNewTerminated()
            .withMessage("starting\nunknown option: '--refs'\n")
            .endTerminated()
            .endLastState()
            .endContainerStatus()
            .endStatus()
            .build();
    assertThat(PodFact.of(pod, null).trouble())
        .isEqualTo(new PodFact.Trouble("CrashLoopBackOff", "unknown option: '--refs'"));
  }

  @Test
  @DisplayName("a pod that fits on no node says so")
  void unschedulable() {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("x-fop-2")
            .endMetadata()
            .withNewStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/1 nodes are available")
            .endCondition()
            .endStatus()
            .build();
    assertThat(PodFact.of(pod, null).trouble())
        .isEqualTo(new PodFact.Trouble("Unschedulable", "0/1 nodes are available"));
    assertThat(PodFact.of(pod, null).ordinal()).isEqualTo(2);
  }

  @Test
  @DisplayName("a pod without a status is neither ready nor in trouble")
  void fresh() {
    var pod = new PodBuilder().withNewMetadata().withName("x-fop-12").endMetadata().build();
    var fact = PodFact.of(pod, null);
    assertThat(fact.ready()).isFalse();
    assertThat(fact.trouble()).isNull();
    assertThat(fact.ordinal()).isEqualTo(12);
  }

  private static Pod waiting(String reason, String message) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("x-fop-0")
        .endMetadata()
        .withNewStatus()
        .addNewContainerStatus()
        .withNewState()
        .withNewWaiting(message, reason)
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
