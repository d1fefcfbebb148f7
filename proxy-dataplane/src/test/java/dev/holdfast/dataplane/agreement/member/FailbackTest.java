package dev.holdfast.dataplane.agreement.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Command.EndHooks;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.RenewLease;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Member a leads a, b and c; the primary is two, the middle one of three. Votes hold for 3 s. */
class FailbackTest {
  private static final MemberId A = new MemberId("a", 0);
  private static final MemberId B = new MemberId("b", 0);
  private static final MemberId C = new MemberId("c", 0);
  private static final Incarnation SELF = new Incarnation(A, 1);
  private static final Target TWO = new Target("two", "10.0.0.2", 5432);

  private Failback failback = new Failback.AfterStable(Duration.ofSeconds(10));
  private boolean checked = true;
  private MemberState state = MemberState.initial(SELF, Ledger.empty(), at(0));
  private final List<MemberEffect> effects = new ArrayList<>();
  private long now;
  private long index;
  private long ballots;

  @BeforeEach
  void leads() {
    send(new MemberEvent.Leads(true));
    commit(new SetMembers(Set.of(A, B, C)));
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

  private void later(long millis) {
    now = millis;
    effects.clear();
  }

  private static Moment at(long millis) {
    return new Moment(millis * 1_000_000);
  }

  private void send(MemberEvent event) {
    var step = MemberMachine.step(state, event, policy(), at(now));
    state = step.state();
    effects.addAll(step.effects());
  }

  private void commit(Command command) {
    send(new MemberEvent.Applied(++index, command));
  }

  private void serves(Reason reason) {
    if (state.ledger().epoch() > 0) {
      commit(new LeavePrimary(fence(), reason));
    }
    commit(new ProposePrimary(fence(), TWO, 1, reason, false, 0, SELF));
  }

  private long fence() {
    return state.ledger().fence();
  }

  /** At this time a majority reaches two, and finds one as said. */
  private void votes(long millis, Health one) {
    later(millis);
    var verdicts = Map.of("one", one, "two", Health.Healthy, "three", Health.Healthy);
    ballots++;
    send(new MemberEvent.BallotCast(new Incarnation(B, 1), ballots, verdicts, Duration.ZERO));
    send(new MemberEvent.BallotCast(new Incarnation(C, 1), ballots, verdicts, Duration.ZERO));
  }

  private void votesFor(long from, long to) {
    for (long millis = from; millis <= to; millis += 1_000) {
      votes(millis, Health.Healthy);
    }
  }

  private MemberEffect leaves() {
    return new MemberEffect.Propose(new LeavePrimary(fence(), Reason.Failback));
  }

  @Test
  @DisplayName("A better backend takes over when it was usable for a majority for long enough")
  void stable() {
    votes(1_000, Health.Unhealthy);
    votesFor(2_000, 11_500);
    later(11_999);
    send(new MemberEvent.Tick());
    assertThat(effects).doesNotContain(leaves());
    assertThat(state.wakeAt()).isEqualTo(at(12_000));
    later(12_000);
    send(new MemberEvent.Tick());
    assertThat(effects).contains(leaves());
  }

  @Test
  @DisplayName("A break begins the time anew, be it a verdict or votes that became void")
  void breaks() {
    votesFor(0, 8_000);
    votes(9_000, Health.Unhealthy);
    votesFor(10_000, 12_000);
    later(15_000);
    send(new MemberEvent.Tick());
    votesFor(16_000, 25_000);
    assertThat(effects).doesNotContain(leaves());
    votes(26_000, Health.Healthy);
    assertThat(effects).contains(leaves());
  }

  @Test
  @DisplayName("One vote is no majority, however long it stands")
  void minority() {
    for (long millis = 0; millis <= 20_000; millis += 1_000) {
      later(millis);
      ballots++;
      send(
          new MemberEvent.BallotCast(
              new Incarnation(B, 1), ballots, Map.of("one", Health.Healthy), Duration.ZERO));
      assertThat(effects).doesNotContain(leaves());
    }
  }

  @Test
  @DisplayName("The next leader counts from when it saw the votes itself")
  void nextLeader() {
    votesFor(0, 8_000);
    send(new MemberEvent.Leads(false));
    later(9_000);
    send(new MemberEvent.Leads(true));
    votesFor(9_000, 18_000);
    assertThat(effects).doesNotContain(leaves());
    votes(19_000, Health.Healthy);
    assertThat(effects).contains(leaves());
  }

  @Test
  @DisplayName(
      "With Immediate, the first votes are enough, and the better one is chosen with hooks")
  void immediate() {
    failback = new Failback.Immediate();
    votes(1_000, Health.Healthy);
    assertThat(effects).contains(leaves());
    commit(new LeavePrimary(fence(), Reason.Failback));
    assertThat(effects)
        .contains(
            new MemberEffect.Propose(
                new ProposePrimary(
                    fence(),
                    new Target("one", "10.0.0.1", 5432),
                    1,
                    Reason.Failback,
                    true,
                    0,
                    SELF)));
  }

  @Test
  @DisplayName("Of two that are better, the one that was stable takes over, not the one just back")
  void notTheNewest() {
    commit(new LeavePrimary(fence(), Reason.CheckFailed));
    commit(
        new ProposePrimary(
            fence(), new Target("three", "10.0.0.3", 5432), 1, Reason.CheckFailed, false, 0, SELF));
    for (long millis = 1_000; millis < 11_000; millis += 1_000) {
      votes(millis, Health.Unhealthy);
    }
    votes(11_000, Health.Healthy);
    assertThat(effects).contains(leaves());
    commit(new LeavePrimary(fence(), Reason.Failback));
    assertThat(effects)
        .contains(
            new MemberEffect.Propose(
                new ProposePrimary(fence(), TWO, 1, Reason.Failback, true, 0, SELF)));
  }

  @Test
  @DisplayName("A primary that a person chose is not undone, nor one with Never")
  void kept() {
    failback = new Failback.Immediate();
    serves(Reason.Switchover);
    votesFor(1_000, 5_000);
    assertThat(effects).doesNotContain(leaves());
    failback = new Failback.Never();
    serves(Reason.CheckFailed);
    votesFor(6_000, 9_000);
    assertThat(effects).doesNotContain(leaves());
  }

  @Test
  @DisplayName("Whose hooks gave it up is not taken again before the longest pause between rounds")
  void givenUp() {
    failback = new Failback.Immediate();
    votes(1_000, Health.Healthy);
    commit(new LeavePrimary(fence(), Reason.Failback));
    commit(
        new ProposePrimary(
            fence(), new Target("one", "10.0.0.1", 5432), 1, Reason.Failback, true, 0, SELF));
    commit(new RenewLease(SELF, state.renewals().serial(), fence()));
    later(2_000);
    commit(new EndHooks(fence(), true));
    commit(new ProposePrimary(fence(), TWO, 1, Reason.Failback, false, 0, SELF));
    commit(new RenewLease(SELF, state.renewals().serial(), fence()));
    votesFor(3_000, 21_000);
    assertThat(effects).doesNotContain(leaves());
    votes(22_000, Health.Healthy);
    assertThat(effects).contains(leaves());
  }

  @Test
  @DisplayName("Without checks, the leader asks for better backends before their votes are void")
  void asks() {
    checked = false;
    later(5_000);
    send(new MemberEvent.Tick());
    assertThat(effects).contains(new MemberEffect.AskVerdicts(List.of("one")));
    assertThat(state.wakeAt()).isLessThanOrEqualTo(at(6_000));
    later(6_000);
    send(new MemberEvent.ConnectFailed(state.ledger().epoch()));
    assertThat(effects).contains(new MemberEffect.AskVerdicts(List.of("two", "one")));
  }
}
