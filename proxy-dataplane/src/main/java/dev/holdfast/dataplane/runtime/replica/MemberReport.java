package dev.holdfast.dataplane.runtime.replica;

import dev.holdfast.api.dataplane.DataPlaneStatus.Agreement;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.member.Readiness;
import dev.holdfast.dataplane.agreement.replica.Replica;
import dev.holdfast.dataplane.agreement.stick.member.StickReadiness;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a member of a group tells of it. */
public final class MemberReport {
  private MemberReport() {}

  /**
   * @param epoch 0 where there are none
   * @param why for people; null when all is well
   */
  public static Agreement of(
      Replica.Membership<?, ?> place,
      Agreement.State state,
      Set<MemberId> members,
      long epoch,
      @Nullable String why) {
    return new Agreement(
        state,
        place.group(),
        place.log().leader().map(MemberId::peer).orElse(null),
        members.stream().map(MemberId::peer).sorted().toList(),
        epoch,
        why);
  }

  public static Agreement.State state(Readiness readiness) {
    return switch (readiness) {
      case Ready -> Agreement.State.Agreed;
      case Unconfigured -> Agreement.State.Outdated;
      case OutOfContact -> Agreement.State.OutOfContact;
      case CannotReachPrimary -> Agreement.State.CannotReachPrimary;
    };
  }

  public static Agreement.State state(StickReadiness readiness) {
    return switch (readiness) {
      case Ready -> Agreement.State.Agreed;
      case Unconfigured -> Agreement.State.Outdated;
      case OutOfContact -> Agreement.State.OutOfContact;
    };
  }
}
