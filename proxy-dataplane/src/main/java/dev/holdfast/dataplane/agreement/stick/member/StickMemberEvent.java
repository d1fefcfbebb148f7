package dev.holdfast.dataplane.agreement.stick.member;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What happened. Each may come late; {@link Applied} comes in the log's order. */
public sealed interface StickMemberEvent {

  /**
   * The log is applied here up to this index. Told of when the head has changed or something was
   * revoked; what is in between need not be.
   *
   * @param revoked whether since the last of these events claims of connections were revoked here,
   *     which are being cut; {@link Cut} tells when they are
   */
  record Applied(long index, LedgerHead head, boolean revoked) implements StickMemberEvent {}

  /** All connections are closed that were revoked when the log was applied up to this index. */
  record Cut(long index) implements StickMemberEvent {}

  /** Whether this member leads, as far as its log knows. */
  record Leads(boolean leading) implements StickMemberEvent {}

  /** By whom the log counts its majorities now. */
  record MembersChanged(Set<MemberId> members) implements StickMemberEvent {
    public MembersChanged {
      members = Set.copyOf(members);
    }
  }

  /**
   * A member's verdicts; each tells them to itself and to whoever leads.
   *
   * @param serial counts what this process of the member has cast
   * @param verdicts by {@link StickMemberPolicy.Check#ballot}
   * @param reasons of those that failed, for people
   * @param age of the oldest of them, by the voter's clock
   */
  record BallotCast(
      Incarnation voter,
      long serial,
      Map<String, Health> verdicts,
      Map<String, String> reasons,
      Duration age)
      implements StickMemberEvent {
    public BallotCast {
      verdicts = Map.copyOf(verdicts);
      reasons = Map.copyOf(reasons);
    }
  }

  /** This process finds something else than before, or who leads wants to know what it finds. */
  record VerdictsWanted() implements StickMemberEvent {}

  /** The answer to {@link StickMemberEffect.Sever}: no byte is moved any more. */
  record Severed() implements StickMemberEvent {}

  /** There is a new policy. */
  record PolicyApplied() implements StickMemberEvent {}

  /** Nothing happened but time. */
  record Tick() implements StickMemberEvent {}
}
