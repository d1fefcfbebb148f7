package dev.holdfast.dataplane.agreement.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.ledger.Command.EndHooks;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.RenewLease;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.HookPlan;
import dev.holdfast.dataplane.failover.HookPlan.Trigger;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Member a leads a, b and c; the primary is two, the middle one of three. Votes hold for 3 s. */
class FailbackTest {
  private static final Target TWO = new Target("two", "10.0.0.2", 5432);

  private Failback failback = new Failback.AfterStable(Duration.ofSeconds(10));
  private boolean checked = true;
  private final TestMember member = new TestMember(policy());

  @BeforeEach
  void leads() {
    send(new MemberEvent.Leads(true));
    member.commit(new SetMembers(Set.of(TestMember.A, TestMember.B, TestMember.C)));
    serves(Reason.CheckFailed);
  }

  private MemberPolicy policy() {
    return new MemberPolicy(
        LeaseTerms.of(Duration.ofSeconds(3)),
        1,
        List.of(candidate("one", 1), candidate("two", 2), candidate("three", 3)),
        new HookPlan(Set.of(Trigger.Failback), Duration.ofSeconds(30)),
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20)),
        Duration.ofSeconds(3),
        failback,
        null);
  }

  private Candidate candidate(String name, int number) {
    return new Candidate(name, "10.0.0." + number, 5432, Wish.Active, checked);
  }

  private void send(MemberEvent event) {
    member.policy = policy();
    member.send(event);
  }

  private void serves(Reason reason) {
    if (member.state.ledger().epoch() > 0) {
      member.commit(new LeavePrimary(member.fence(), reason));
    }
    member.commit(new ProposePrimary(member.fence(), TWO, 1, reason, false, 0, TestMember.SELF));
  }

  /** At this time a majority reaches two, and finds one as said. */
  private void votes(long millis, Health one) {
    member.at(millis);
    member.policy = policy();
    var verdicts = Map.of("one", one, "two", Health.Healthy, "three", Health.Healthy);
    member.cast(TestMember.B, verdicts);
    member.cast(TestMember.C, verdicts);
  }

  private void votesFor(long from, long to) {
    for (long millis = from; millis <= to; millis += 1_000) {
      votes(millis, Health.Healthy);
    }
  }

  private MemberEffect leaves() {
    return new MemberEffect.Propose(new LeavePrimary(member.fence(), Reason.Failback));
  }

  @Test
  @DisplayName("A better backend takes over when it was usable for a majority for long enough")
  void stable() {
    votes(1_000, Health.Unhealthy);
    votesFor(2_000, 11_500);
    member.at(11_999);
    send(new MemberEvent.Tick());
    assertThat(member.effects).doesNotContain(leaves());
    assertThat(member.state.wakeAt()).isEqualTo(TestMember.moment(12_000));
    member.at(12_000);
    send(new MemberEvent.Tick());
    assertThat(member.effects).contains(leaves());
  }

  @Test
  @DisplayName("A break begins the time anew, be it a verdict or votes that became void")
  void breaks() {
    votesFor(0, 8_000);
    votes(9_000, Health.Unhealthy);
    votesFor(10_000, 12_000);
    member.at(15_000);
    send(new MemberEvent.Tick());
    votesFor(16_000, 25_000);
    assertThat(member.effects).doesNotContain(leaves());
    votes(26_000, Health.Healthy);
    assertThat(member.effects).contains(leaves());
  }

  @Test
  @DisplayName("One vote is no majority, however long it stands")
  void minority() {
    for (long millis = 0; millis <= 20_000; millis += 1_000) {
      member.at(millis);
      member.cast(TestMember.B, Map.of("one", Health.Healthy));
      assertThat(member.effects).doesNotContain(leaves());
    }
  }

  @Test
  @DisplayName("The next leader counts from when it saw the votes itself")
  void nextLeader() {
    votesFor(0, 8_000);
    send(new MemberEvent.Leads(false));
    member.at(9_000);
    send(new MemberEvent.Leads(true));
    votesFor(9_000, 18_000);
    assertThat(member.effects).doesNotContain(leaves());
    votes(19_000, Health.Healthy);
    assertThat(member.effects).contains(leaves());
  }

  @Test
  @DisplayName(
      "With Immediate, the first votes are enough, and the better one is chosen with hooks")
  void immediate() {
    failback = new Failback.Immediate();
    votes(1_000, Health.Healthy);
    assertThat(member.effects).contains(leaves());
    member.commit(new LeavePrimary(member.fence(), Reason.Failback));
    assertThat(member.effects)
        .contains(
            new MemberEffect.Propose(
                new ProposePrimary(
                    member.fence(),
                    new Target("one", "10.0.0.1", 5432),
                    1,
                    Reason.Failback,
                    true,
                    0,
                    TestMember.SELF)));
  }

  @Test
  @DisplayName("Of two that are better, the one that was stable takes over, not the one just back")
  void notTheNewest() {
    member.commit(new LeavePrimary(member.fence(), Reason.CheckFailed));
    member.commit(
        new ProposePrimary(
            member.fence(),
            new Target("three", "10.0.0.3", 5432),
            1,
            Reason.CheckFailed,
            false,
            0,
            TestMember.SELF));
    for (long millis = 1_000; millis < 11_000; millis += 1_000) {
      votes(millis, Health.Unhealthy);
    }
    votes(11_000, Health.Healthy);
    assertThat(member.effects).contains(leaves());
    member.commit(new LeavePrimary(member.fence(), Reason.Failback));
    assertThat(member.effects)
        .contains(
            new MemberEffect.Propose(
                new ProposePrimary(
                    member.fence(), TWO, 1, Reason.Failback, true, 0, TestMember.SELF)));
  }

  @Test
  @DisplayName("A primary that a person chose is not undone, nor one with Never")
  void kept() {
    failback = new Failback.Immediate();
    serves(Reason.Switchover);
    votesFor(1_000, 5_000);
    assertThat(member.effects).doesNotContain(leaves());
    failback = new Failback.Never();
    serves(Reason.CheckFailed);
    votesFor(6_000, 9_000);
    assertThat(member.effects).doesNotContain(leaves());
  }

  @Test
  @DisplayName("Whose hooks gave it up is not taken again before the longest pause between rounds")
  void givenUp() {
    failback = new Failback.Immediate();
    votes(1_000, Health.Healthy);
    member.commit(new LeavePrimary(member.fence(), Reason.Failback));
    member.commit(
        new ProposePrimary(
            member.fence(),
            new Target("one", "10.0.0.1", 5432),
            1,
            Reason.Failback,
            true,
            0,
            TestMember.SELF));
    member.commit(
        new RenewLease(TestMember.SELF, member.state.renewals().serial(), member.fence()));
    member.at(2_000);
    member.commit(new EndHooks(member.fence(), true));
    member.commit(
        new ProposePrimary(member.fence(), TWO, 1, Reason.Failback, false, 0, TestMember.SELF));
    member.commit(
        new RenewLease(TestMember.SELF, member.state.renewals().serial(), member.fence()));
    votesFor(3_000, 21_000);
    assertThat(member.effects).doesNotContain(leaves());
    votes(22_000, Health.Healthy);
    assertThat(member.effects).contains(leaves());
  }

  @Test
  @DisplayName("Without checks, the leader asks for better backends before their votes are void")
  void asks() {
    checked = false;
    member.at(5_000);
    send(new MemberEvent.Tick());
    assertThat(member.effects).contains(new MemberEffect.AskVerdicts(List.of("one")));
    assertThat(member.state.wakeAt()).isLessThanOrEqualTo(TestMember.moment(6_000));
    member.at(6_000);
    send(new MemberEvent.ConnectFailed(member.state.ledger().epoch()));
    assertThat(member.effects).contains(new MemberEffect.AskVerdicts(List.of("two", "one")));
  }
}
