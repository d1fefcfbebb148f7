package dev.holdfast.dataplane.agreement.raft;

import java.io.IOException;

/** The group has gone on without this member. */
public final class RemovedFromGroup extends IOException {

  RemovedFromGroup() {
    super("this member was removed from its group");
  }
}
