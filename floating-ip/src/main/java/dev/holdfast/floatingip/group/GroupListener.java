package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.hetzner.assign.Outcome;
import dev.holdfast.floatingip.loop.GroupNotice;
import dev.holdfast.floatingip.loop.GroupStatus;
import java.time.Instant;

/** Hears of a group, on its decision loop: must not block. */
public interface GroupListener {

  void noticed(GroupNotice notice, Instant at);

  /** Of every move, also of one that is repeated. */
  void moveEnded(Outcome outcome);

  /** Called when it differs from what was told before. */
  void changed(GroupStatus status);
}
