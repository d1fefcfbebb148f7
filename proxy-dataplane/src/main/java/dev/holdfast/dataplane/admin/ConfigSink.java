package dev.holdfast.dataplane.admin;

import dev.holdfast.manifest.Problem;
import java.util.List;

/** Takes configuration that was pushed. */
public interface ConfigSink {

  /**
   * Validates the manifest and lets it run. Called on a thread of the admin interface that may
   * block, one call at a time; a call that takes longer than the interface's answer time is
   * answered with 504 but not cut short.
   *
   * @param manifest YAML or JSON
   */
  Verdict apply(String manifest);

  sealed interface Verdict {
    /** These run as written. */
    record Applied(List<Running> resources) implements Verdict {}

    /** Nothing was taken. */
    record Refused(List<Problem> problems) implements Verdict {}

    /**
     * A newer configuration runs already; nothing was taken.
     *
     * @param running the newer one
     */
    record Outdated(Running running) implements Verdict {}
  }

  record Running(String kind, String namespace, String name, long generation) {}
}
