package dev.holdfast.operator.dataplane;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one pod.
 *
 * @param status the last that was heard; null before the first
 */
public record PodView(PodAddress pod, Link link, @Nullable DataPlaneStatus status) {

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

  static PodView connecting(PodAddress pod, Instant now) {
    return new PodView(pod, new Link.Connecting(now), null);
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

  PodView heard(DataPlaneStatus next, Instant now) {
    return new PodView(pod, isLive() ? link : new Link.Live(now), next);
  }

  /** A link that is lost stays lost since then, whatever else goes wrong. */
  PodView lost(String why, Instant now) {
    return switch (link) {
      case Link.Live live -> new PodView(pod, new Link.Lost(now, why), status);
      case Link.Lost lost -> new PodView(pod, new Link.Lost(lost.since(), why), status);
      case Link.Connecting connecting ->
          new PodView(pod, new Link.Lost(connecting.since(), why), status);
    };
  }
}
