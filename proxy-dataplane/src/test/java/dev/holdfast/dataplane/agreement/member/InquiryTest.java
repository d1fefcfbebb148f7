package dev.holdfast.dataplane.agreement.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.HookPlan;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Questions of a leader about its primary, which has no checks. Votes hold for 3 s. */
class InquiryTest {
  private static final Target ONE = new Target("one", "10.0.0.1", 5432);
  private static final Map<String, Health> LOST = Map.of("one", Health.Unhealthy);
  private static final MemberEffect QUESTION = new MemberEffect.AskVerdicts(List.of("one"));

  private final TestMember member =
      new TestMember(
          new MemberPolicy(
              LeaseTerms.of(Duration.ofSeconds(3)),
              1,
              List.of(new Candidate("one", "10.0.0.1", 5432, Wish.Active, false)),
              new HookPlan(Set.of(), Duration.ofSeconds(30)),
              new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
              Duration.ofSeconds(3),
              new Failback.Never(),
              null));

  private void serves(Incarnation runner) {
    member.commit(new SetMembers(Set.of(TestMember.A, TestMember.B, TestMember.C)));
    member.commit(new ProposePrimary(0, ONE, 1, Reason.Initial, false, 0, runner));
  }

  private void leads() {
    member.send(new MemberEvent.Leads(true));
    serves(TestMember.SELF);
  }

  @Test
  @DisplayName("A complaint that comes too soon after a question waits, and is not forgotten")
  void complaintTooSoon() {
    leads();
    member.at(200);
    member.send(new MemberEvent.ConnectFailed(2));
    assertThat(member.effects).contains(QUESTION);
    member.at(250);
    member.send(new MemberEvent.ConnectFailed(2));
    assertThat(member.effects).doesNotContain(QUESTION);
    assertThat(member.state.wakeAt()).isEqualTo(TestMember.moment(300));
    member.tickAt(300);
    assertThat(member.effects).contains(QUESTION);
  }

  @Test
  @DisplayName("The first vote against the primary is a complaint, put until the others answered")
  void voteAgainst() {
    leads();
    member.at(200);
    member.cast(TestMember.B, LOST);
    assertThat(member.effects).contains(QUESTION);
    member.at(1_000);
    member.cast(TestMember.B, LOST);
    assertThat(member.effects).doesNotContain(QUESTION);
    member.tickAt(1_200);
    assertThat(member.effects).as("the question or its answers were lost").contains(QUESTION);
    member.cast(TestMember.A, LOST);
    assertThat(member.effects)
        .contains(new MemberEffect.Propose(new LeavePrimary(member.fence(), Reason.CheckFailed)));
  }

  @Test
  @DisplayName("A vote that was cast before this member led makes it ask")
  void ownVote() {
    serves(new Incarnation(TestMember.B, 1));
    member.at(200);
    member.cast(TestMember.A, LOST);
    assertThat(member.effects).doesNotContain(QUESTION);
    member.at(300);
    member.send(new MemberEvent.Leads(true));
    assertThat(member.effects).contains(QUESTION);
  }

  @Test
  @DisplayName("A new leader has everybody tell what they told to the one before")
  void newLeader() {
    serves(new Incarnation(TestMember.B, 1));
    member.send(new MemberEvent.Leads(true));
    assertThat(member.effects).contains(new MemberEffect.AskVerdicts(List.of()));
    member.at(100);
    member.send(new MemberEvent.Leads(true));
    assertThat(member.effects).noneMatch(MemberEffect.AskVerdicts.class::isInstance);
  }
}
