package dev.holdfast.cli.client;

import dev.holdfast.api.dataplane.ResourceStatus;
import dev.holdfast.cli.console.CommandFailed;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the resource that is meant among those that run. */
final class ResourceChoice {
  private ResourceChoice() {}

  /**
   * @param resource {@code NAMESPACE/NAME}, or a name of the only namespace that has it; null for
   *     the only one
   * @throws CommandFailed when it is not clear which one is meant
   */
  static <T extends ResourceStatus> T choose(
      List<ResourceStatus> statuses, Class<T> type, String kind, @Nullable String resource) {
    var all = statuses.stream().filter(type::isInstance).map(type::cast).toList();
    var found =
        all.stream()
            .filter(status ->
                resource == null
                    || resource.equals(nameOf(status))
                    || resource.equals(status.name()))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    var names = all.stream().map(ResourceChoice::nameOf).collect(Collectors.joining(", "));
    throw new CommandFailed(
        found.isEmpty()
            ? "expected one of [%s], found no %s %s"
                .formatted(names, kind, resource == null ? "at all" : resource)
            : "which %s? Give one of [%s] with --resource".formatted(kind, names));
  }

  static String nameOf(ResourceStatus status) {
    return status.namespace() + "/" + status.name();
  }
}
