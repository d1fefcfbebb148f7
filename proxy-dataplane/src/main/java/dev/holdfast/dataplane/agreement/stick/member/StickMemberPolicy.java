package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.time.Duration;
import java.util.List;

/**
 * What this member's configuration says; another member may have another one for a while.
 *
 * @param generation of the configuration, from 1
 * @param checks that groups heed
 * @param verdictAge beyond which a verdict is no vote: 2 x interval + timeout of the checks
 */
public record StickMemberPolicy(
    LeaseTerms terms,
    long generation,
    StickCommand.Govern configuration,
    List<Check> checks,
    Duration verdictAge) {

  public StickMemberPolicy {
    checks = List.copyOf(checks);
  }

  /**
   * A check of a group.
   *
   * @param onFail what the group may be at most while it fails
   */
  public record Check(int group, String name, GroupState onFail) {

    /** Under which name members vote on it. */
    public String ballot() {
      return group + "/" + name;
    }
  }
}
