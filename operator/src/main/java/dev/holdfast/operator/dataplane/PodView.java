package dev.holdfast.operator.dataplane;

import dev.holdfast.api.dataplane.DataPlaneReport;
import dev.holdfast.api.dataplane.ResourceStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one pod.
 *
 * @param <W> what pods say
 * @param status the last that was heard; null before the first
 */
public record PodView<W extends DataPlaneReport>(PodAddress pod, Link link, @Nullable W status) {

  /** Whether the pod's status stream is running. */
  public sealed interface Link {

    Instant since();

    /** Nothing was heard yet. */
    record Connecting(Instant since) implements Link {}

    /** The status is the present one. */
    record Live(Instant since) implements Link {}

    /** The status may be out of date. */
    record Lost(Instant since, String why) implements Link {}
  }

  static <W extends DataPlaneReport> PodView<W> connecting(PodAddress pod, Instant now) {
    return new PodView<>(pod, new Link.Connecting(now), null);
  }

  public boolean isLive() {
    return link instanceof Link.Live;
  }

  /** Whether the pod runs an older configuration and did not refuse this one. */
  public boolean lacks(long generation) {
    return isLive()
        && status != null
        && status.generation() < generation
        && (status.refused() == null || status.refused().generation() < generation);
  }

  /** Whether somebody who knew that has learnt something by this, but for counters. */
  boolean tellsMoreThan(PodView<W> before) {
    return !link.getClass().equals(before.link().getClass())
        || !Objects.equals(withoutCounters(), before.withoutCounters());
  }

  private @Nullable ResourceStatus withoutCounters() {
    return status == null ? null : status.withoutCounters();
  }

  PodView<W> heard(W next, Instant now) {
    return new PodView<>(pod, isLive() ? link : new Link.Live(now), next);
  }

  /** A link that is lost stays lost since then, whatever else goes wrong. */
  PodView<W> lost(String why, Instant now) {
    return switch (link) {
      case Link.Live live -> new PodView<>(pod, new Link.Lost(now, why), status);
      case Link.Lost lost -> new PodView<>(pod, new Link.Lost(lost.since(), why), status);
      case Link.Connecting connecting ->
          new PodView<>(pod, new Link.Lost(connecting.since(), why), status);
    };
  }
}
