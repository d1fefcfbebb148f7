package dev.holdfast.floatingip.resource;

import dev.holdfast.floatingip.group.GroupConfig;
import dev.holdfast.floatingip.heartbeat.HeartbeatSettings;
import dev.holdfast.floatingip.notify.Target;
import java.util.List;
import java.util.Optional;

/** All that a resource asks for, with its secrets, which are shown nowhere. */
public record GroupSetup(
    GroupConfig group, Optional<HeartbeatSettings> heartbeat, List<Target> notifications) {

  public GroupSetup {
    notifications = List.copyOf(notifications);
  }
}
