package dev.holdfast.dataplane.agreement.group;

import dev.holdfast.dataplane.agreement.MemberId;
import java.util.Set;
import java.util.UUID;

/** What a peer without a group is to do. */
public sealed interface Finding {

  /** Wait: some have not been heard in this round. */
  record Waiting() implements Finding {}

  /**
   * Ask all again.
   *
   * @param atOnce or after a pause
   * @param why there is no group yet, for people
   */
  record AskAgain(boolean atOnce, String why) implements Finding {}

  /** Write it down, and take part. */
  record Enter(Belonging group) implements Finding {}

  /** Draw the group's id, write it down with these founders, and take part. */
  record Found(Set<MemberId> founders) implements Finding {
    public Found {
      founders = Set.copyOf(founders);
    }
  }

  /** Stop: a group is known to have decided, and nobody has its data. */
  record DataLost(UUID group) implements Finding {}
}
