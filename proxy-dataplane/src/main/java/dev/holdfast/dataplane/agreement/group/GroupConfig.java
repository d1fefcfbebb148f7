package dev.holdfast.dataplane.agreement.group;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a peer's configuration says about the group.
 *
 * @param peers the names of all, this one included
 * @param recorded the group that is known to have decided before; null when none is, and where
 *     nobody records it
 * @param rebootstrap the recorded group that somebody gives up for lost
 */
public record GroupConfig(Set<String> peers, @Nullable UUID recorded, @Nullable UUID rebootstrap) {

  public GroupConfig {
    peers = Set.copyOf(peers);
  }

  /** Whether a new group would contradict nothing that was decided. */
  public boolean mayFound() {
    return recorded == null || recorded.equals(rebootstrap);
  }
}
