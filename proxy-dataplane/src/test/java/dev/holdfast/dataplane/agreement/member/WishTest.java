package dev.holdfast.dataplane.agreement.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.agreement.member.MemberEvent.SwitchRequested;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.HookPlan;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Wishes for two while one is primary. Votes, and a wish, hold for 3 s. */
class WishTest {
  private static final Map<String, Health> BOTH =
      Map.of("one", Health.Healthy, "two", Health.Healthy);
  private static final SwitchRequested FOR_TWO = new SwitchRequested("two", false);

  private final TestMember member =
      new TestMember(
          new MemberPolicy(
              LeaseTerms.of(Duration.ofSeconds(3)),
              1,
              List.of(candidate("one"), candidate("two")),
              new HookPlan(Set.of(), Duration.ofSeconds(30)),
              new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
              Duration.ofSeconds(3),
              new Failback.Never(),
              null));

  private static Candidate candidate(String name) {
    return new Candidate(name, name + ".example", 5432, Candidate.Wish.Active, true);
  }

  private Command proposes(String name) {
    var target = new Target(name, name + ".example", 5432);
    return new ProposePrimary(
        member.fence(), target, 1, Reason.Switchover, false, 0, TestMember.SELF);
  }

  private MemberEffect leaves() {
    return new MemberEffect.Propose(new LeavePrimary(member.fence(), Reason.Switchover));
  }

  @BeforeEach
  void serves() {
    member.commit(new SetMembers(Set.of(TestMember.A, TestMember.B, TestMember.C)));
    member.commit(proposes("one"));
  }

  private void leads(long millis) {
    member.at(millis);
    member.send(new MemberEvent.Leads(true));
  }

  private void votes() {
    member.cast(TestMember.B, BOTH);
    member.cast(TestMember.C, BOTH);
  }

  @Test
  @DisplayName("A wish that is told again does not live any longer, and may begin anew after that")
  void toldAgain() {
    leads(0);
    member.send(FOR_TWO);
    member.at(2_000);
    member.send(FOR_TWO);
    member.at(2_999);
    member.send(FOR_TWO);
    member.tickAt(3_000);
    votes();
    assertThat(member.effects).doesNotContain(leaves());
    member.send(FOR_TWO);
    assertThat(member.effects).contains(leaves());
  }

  @Test
  @DisplayName("The next leader waits to be told for whom the primary was left")
  void nextLeader() {
    member.commit(new LeavePrimary(member.fence(), Reason.Switchover));
    leads(10_000);
    votes();
    assertThat(member.effects).doesNotContain(new MemberEffect.Propose(proposes("one")));
    member.at(10_500);
    member.send(FOR_TWO);
    assertThat(member.effects).contains(new MemberEffect.Propose(proposes("two")));
  }

  @Test
  @DisplayName("If nobody tells it, it chooses as ever")
  void nobodyTells() {
    member.commit(new LeavePrimary(member.fence(), Reason.Switchover));
    leads(10_000);
    votes();
    member.tickAt(10_749);
    assertThat(member.effects).doesNotContain(new MemberEffect.Propose(proposes("one")));
    assertThat(member.state.wakeAt()).isEqualTo(TestMember.moment(10_750));
    member.tickAt(10_750);
    assertThat(member.effects).contains(new MemberEffect.Propose(proposes("one")));
  }

  @Test
  @DisplayName("A wish for what is primary, or while another reason left it vacant, is none")
  void none() {
    leads(0);
    votes();
    member.send(new SwitchRequested("one", true));
    assertThat(member.effects).doesNotContain(leaves());
    member.commit(new LeavePrimary(member.fence(), Reason.BackendRemoved));
    member.send(FOR_TWO);
    assertThat(member.state.leadership().wish()).isNull();
  }
}
