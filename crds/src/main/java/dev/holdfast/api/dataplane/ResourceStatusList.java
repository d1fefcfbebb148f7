package dev.holdfast.api.dataplane;

import java.util.List;
import java.util.Objects;

/** Every resource that one process runs. */
public record ResourceStatusList(List<ResourceStatus> resources) {

  /** Leaves out kinds that only a newer version knows, which were read as null. */
  public ResourceStatusList {
    resources = resources.stream().filter(Objects::nonNull).toList();
  }
}
