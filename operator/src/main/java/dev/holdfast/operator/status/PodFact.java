package dev.holdfast.operator.status;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.operator.dataplane.PodView;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data-plane pod, as Kubernetes sees it and as it sees itself.
 *
 * @param <W> what pods say
 * @param ordinal the number at the end of its name
 * @param trouble why it does not start
 * @param view null when it was never connected to
 */
public record PodFact<W extends DataPlaneReport>(
    String name,
    int ordinal,
    boolean ready,
    boolean leaving,
    @Nullable String hostIp,
    @Nullable Trouble trouble,
    @Nullable PodView<W> view) {

  /** What keeps a pod from running. */
  public record Trouble(String reason, String message) {}

  private static final Set<String> IMAGE_REASONS =
      Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");

  /** Passing states that every pod goes through. */
  private static final Set<String> STARTING_REASONS =
      Set.of("ContainerCreating", "PodInitializing");

  public static <W extends DataPlaneReport> PodFact<W> of(Pod pod, @Nullable PodView<W> view) {
    var name = pod.getMetadata().getName();
    return new PodFact<>(
        name,
        ordinal(name),
        isTrue(pod, "Ready").isPresent(),
        pod.getMetadata().getDeletionTimestamp() != null,
        pod.getStatus() == null ? null : pod.getStatus().getHostIP(),
        trouble(pod),
        view);
  }

  /** The number at the end of a pod's name. */
  public static int ordinal(String pod) {
    return Integer.parseInt(pod.substring(pod.lastIndexOf('-') + 1));
  }

  private static Optional<PodCondition> isTrue(Pod pod, String type) {
    return condition(pod, type).filter(condition -> condition.getStatus().equals("True"));
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream().filter(c -> c.getType().equals(type)).findAny();
  }

  private static @Nullable Trouble trouble(Pod pod) {
    if (pod.getStatus() == null) {
      return null;
    }
    var waiting =
        pod.getStatus().getContainerStatuses().stream()
            .map(PodFact::ofWaiting)
            .filter(Objects::nonNull)
            .findFirst();
    return waiting
        .or(() ->
            condition(pod, "PodScheduled")
                .filter(scheduled -> "Unschedulable".equals(scheduled.getReason()))
                .map(scheduled -> new Trouble("Unschedulable", text(scheduled.getMessage()))))
        .orElse(null);
  }

  private static @Nullable Trouble ofWaiting(ContainerStatus container) {
    var state = container.getState();
    if (state == null || state.getWaiting() == null || state.getWaiting().getReason() == null) {
      return null;
    }
    var reason = state.getWaiting().getReason();
    var message = text(state.getWaiting().getMessage());
    if (STARTING_REASONS.contains(reason)) {
      return null;
    }
    return IMAGE_REASONS.contains(reason)
        ? new Trouble("ImagePullFailed", message)
        : new Trouble(reason, lastWords(container).orElse(message));
  }

  /** What a container said before it ended; worth more than that it will be started again. */
  private static Optional<String> lastWords(ContainerStatus container) {
    return Optional.ofNullable(container.getLastState())
        .map(ContainerState::getTerminated)
        .map(ContainerStateTerminated::getMessage)
        .map(message -> message.strip().lines().toList())
        .filter(lines -> !lines.isEmpty())
        .map(List::getLast);
  }

  private static String text(@Nullable String message) {
    return message == null ? "no message" : message;
  }
}
