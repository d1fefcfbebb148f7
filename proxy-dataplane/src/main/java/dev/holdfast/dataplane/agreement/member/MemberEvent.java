package dev.holdfast.dataplane.agreement.member;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What happened. Each may come late; {@link Applied} comes in the log's order. */
public sealed interface MemberEvent {

  /** The next command was committed, and every one before it is applied here. */
  record Applied(long index, Command command) implements MemberEvent {}

  /** A snapshot took the place of commands that this member has not seen. */
  record Installed(Ledger ledger) implements MemberEvent {}

  /** Whether this member leads, as far as its log knows. */
  record Leads(boolean leading) implements MemberEvent {}

  /** By whom the log counts its majorities now. */
  record MembersChanged(Set<MemberId> members) implements MemberEvent {
    public MembersChanged {
      members = Set.copyOf(members);
    }
  }

  /**
   * A member's verdicts; each tells them to itself and to whoever leads.
   *
   * @param serial counts what this process of the member has cast
   * @param age of the oldest of them, by the voter's clock
   */
  record BallotCast(Incarnation voter, long serial, Map<String, Health> verdicts, Duration age)
      implements MemberEvent {
    public BallotCast {
      verdicts = Map.copyOf(verdicts);
    }
  }

  /** A client's connect failed at some member; told to whoever leads. */
  record ConnectFailed(long epoch) implements MemberEvent {}

  /**
   * A person asks for another primary; told to whoever leads.
   *
   * @param force whether votes are waited for
   */
  record SwitchRequested(String to, boolean force) implements MemberEvent {}

  /** The answer to {@link MemberEffect.Sever}: no byte is moved any more. */
  record Severed() implements MemberEvent {}

  /** The answer to {@link MemberEffect.RunHooks}. */
  record HooksEnded(long run, boolean aborted) implements MemberEvent {}

  /** There is a new policy. */
  record PolicyApplied() implements MemberEvent {}

  /** Nothing happened but time. */
  record Tick() implements MemberEvent {}
}
