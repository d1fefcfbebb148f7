package dev.holdfast.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import java.util.Objects;
import java.util.Set;

/** Which resources are reconciled, and when. */
public final class WatchedResources {

  private WatchedResources() {}

  /**
   * @param namespaces empty: all
   */
  public static <P extends HasMetadata> void configure(
      ControllerConfigurationOverrider<P> configuration, Set<String> namespaces) {
    if (namespaces.isEmpty()) {
      configuration.watchingAllNamespaces();
    } else {
      configuration.settingNamespaces(namespaces);
    }
    configuration.withOnUpdateFilter(WatchedResources::isNews);
  }

  /** A new wish, or a new annotation; not a new status, which is our own. */
  private static boolean isNews(HasMetadata after, HasMetadata before) {
    var now = after.getMetadata();
    var then = before.getMetadata();
    return !Objects.equals(now.getGeneration(), then.getGeneration())
        || !Objects.equals(now.getAnnotations(), then.getAnnotations());
  }
}
