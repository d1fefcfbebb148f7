package dev.holdfast.dataplane.agreement.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Command.EndLeases;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.RenewLease;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Command.TakeHooks;
import dev.holdfast.dataplane.agreement.ledger.Grant;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.agreement.member.MemberEvent.Applied;
import dev.holdfast.dataplane.agreement.member.MemberEvent.BallotCast;
import dev.holdfast.dataplane.agreement.member.MemberEvent.Tick;
import dev.holdfast.dataplane.failover.Backoff;
import dev.holdfast.dataplane.failover.Candidate;
import dev.holdfast.dataplane.failover.Candidate.Wish;
import dev.holdfast.dataplane.failover.Failback;
import dev.holdfast.dataplane.failover.HookPlan;
import dev.holdfast.dataplane.failover.Reason;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Member a of a, b, c, with a lease of 3 s: it acts for 2.85 s, and others wait for 3.15 s. */
class MemberMachineTest {
  private static final MemberId A = new MemberId("a", 0);
  private static final MemberId B = new MemberId("b", 0);
  private static final MemberId C = new MemberId("c", 0);
  private static final Incarnation SELF = new Incarnation(A, 1);
  private static final Incarnation OTHER = new Incarnation(B, 1);
  private static final Target ONE = new Target("one", "10.0.0.1", 5432);

  private MemberPolicy policy = policy(1);
  private MemberState state = MemberState.initial(SELF, Ledger.empty(), at(0));
  private final List<MemberEffect> effects = new ArrayList<>();
  private long now;
  private long index;
  private long ballotsCast;

  private static MemberPolicy policy(long generation) {
    return new MemberPolicy(
        LeaseTerms.of(Duration.ofSeconds(3)),
        generation,
        List.of(new Candidate("one", "10.0.0.1", 5432, Wish.Active, true)),
        new HookPlan(Set.of(), Duration.ofSeconds(30)),
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
        Duration.ofSeconds(5),
        new Failback.Never(),
        null);
  }

  private static Moment at(long millis) {
    return new Moment(millis * 1_000_000);
  }

  private void send(MemberEvent event) {
    var step = MemberMachine.step(state, event, policy, at(now));
    state = step.state();
    effects.clear();
    effects.addAll(step.effects());
  }

  private void cast(MemberId voter, Health one) {
    ballotsCast++;
    var process = new Incarnation(voter, 1);
    send(new BallotCast(process, ballotsCast, Map.of("one", one), Duration.ZERO));
  }

  private void commit(Command command) {
    send(new Applied(++index, command));
  }

  private long fence() {
    return state.ledger().fence();
  }

  /** Its newest request for a lease comes back from the log. */
  private void granted() {
    commit(new RenewLease(SELF, state.renewals().serial(), fence()));
  }

  private void begin(boolean hooked, Incarnation runner) {
    commit(new SetMembers(Set.of(A, B, C)));
    commit(new ProposePrimary(0, ONE, 1, Reason.Initial, hooked, 0, runner));
  }

  private void admits() {
    begin(false, OTHER);
    granted();
    assertThat(effects).contains(new MemberEffect.Admit(ONE, 2, at(2_850)));
  }

  @Test
  @DisplayName("Without a lease nobody is admitted")
  void noLease() {
    begin(false, OTHER);
    assertThat(effects).noneMatch(MemberEffect.Admit.class::isInstance);
  }

  @Test
  @DisplayName("A lease counts from before it was proposed, however late it is granted")
  void countsFromBefore() {
    begin(false, OTHER);
    now = 700;
    granted();
    assertThat(effects).containsExactly(new MemberEffect.Admit(ONE, 2, at(2_850)));
  }

  @Test
  @DisplayName("A lease that is granted after it has ended gives no right")
  void grantedTooLate() {
    begin(false, OTHER);
    var serial = state.renewals().serial();
    now = 2_850;
    commit(new RenewLease(SELF, serial, fence()));
    assertThat(effects).noneMatch(MemberEffect.Admit.class::isInstance);
  }

  @Test
  @DisplayName("What the process before asked for gives this one no lease")
  void earlierProcess() {
    begin(false, OTHER);
    commit(new RenewLease(new Incarnation(A, 2), state.renewals().serial(), fence()));
    assertThat(effects).noneMatch(MemberEffect.Admit.class::isInstance);
  }

  @Test
  @DisplayName("A renewal lets clients go on for longer")
  void renewed() {
    admits();
    now = 750;
    send(new Tick());
    granted();
    assertThat(effects).containsExactly(new MemberEffect.Prolong(at(3_600)));
  }

  @Test
  @DisplayName("After a stop the first thing is to admit nobody and to cut, whatever comes first")
  void stopped() {
    admits();
    now = 60_000;
    granted();
    assertThat(effects)
        .startsWith(new MemberEffect.Withdraw(), new MemberEffect.Sever())
        .noneMatch(MemberEffect.Admit.class::isInstance);
  }

  @Test
  @DisplayName("A lease under a new fence is asked for when the connections of the old one are cut")
  void cutFirst() {
    admits();
    commit(new LeavePrimary(fence(), Reason.CheckFailed));
    assertThat(effects).containsExactly(new MemberEffect.Withdraw(), new MemberEffect.Sever());
    send(new MemberEvent.Severed());
    assertThat(effects)
        .contains(
            new MemberEffect.Propose(new RenewLease(SELF, state.renewals().serial(), fence())));
  }

  @Test
  @DisplayName("A replica without the configuration that the primary was chosen by does not admit")
  void olderConfiguration() {
    policy = policy(0);
    begin(false, OTHER);
    granted();
    assertThat(effects).noneMatch(MemberEffect.Admit.class::isInstance);
    assertThat(Readiness.of(state, policy, at(now))).isEqualTo(Readiness.Unconfigured);
    policy = policy(1);
    send(new MemberEvent.PolicyApplied());
    assertThat(effects).containsExactly(new MemberEffect.Admit(ONE, 2, at(2_850)));
  }

  @Test
  @DisplayName("A replica that alone cannot reach the primary admits nobody and is not ready")
  void alone() {
    admits();
    cast(A, Health.Unhealthy);
    assertThat(effects).containsExactly(new MemberEffect.Withdraw());
    assertThat(Readiness.of(state, policy, at(now))).isEqualTo(Readiness.CannotReachPrimary);
    cast(A, Health.Healthy);
    assertThat(effects).containsExactly(new MemberEffect.Admit(ONE, 2, at(2_850)));
  }

  @Test
  @DisplayName("Ready is who had an answer from the log within two leases, primary or not")
  void ready() {
    commit(new SetMembers(Set.of(A, B, C)));
    assertThat(Readiness.of(state, policy, at(0))).isEqualTo(Readiness.OutOfContact);
    granted();
    assertThat(Readiness.of(state, policy, at(5_999))).isEqualTo(Readiness.Ready);
    assertThat(Readiness.of(state, policy, at(6_000))).isEqualTo(Readiness.OutOfContact);
  }

  @Test
  @DisplayName("Hooks run under the runner's lease, and end with it")
  void hooks() {
    begin(true, SELF);
    granted();
    assertThat(effects).hasAtLeastOneElementOfType(MemberEffect.RunHooks.class);
    now = 2_850;
    send(new Tick());
    assertThat(effects).contains(new MemberEffect.CancelHooks(1));
    send(new MemberEvent.HooksEnded(1, false));
    assertThat(effects).noneMatch(MemberEffect.Propose.class::isInstance);
  }

  @Test
  @DisplayName("Hooks that another took are given up")
  void hooksTaken() {
    begin(true, SELF);
    granted();
    commit(new TakeHooks(fence(), OTHER));
    assertThat(effects).contains(new MemberEffect.CancelHooks(1));
  }

  @Test
  @DisplayName("A leader ends a lease when it must have ended since it was applied, not before")
  void endsLeases() {
    send(new MemberEvent.Leads(true));
    commit(new SetMembers(Set.of(A, B, C)));
    now = 1_000;
    commit(new RenewLease(OTHER, 1, 0));
    var end = new MemberEffect.Propose(new EndLeases(Map.of(B, new Grant(0, 1, 1))));
    now = 4_149;
    send(new Tick());
    assertThat(effects).doesNotContain(end);
    now = 4_150;
    send(new Tick());
    assertThat(effects).contains(end);
  }

  @Test
  @DisplayName("A tie keeps the primary; a majority of the voters leaves it")
  void votes() {
    send(new MemberEvent.Leads(true));
    begin(false, SELF);
    cast(A, Health.Healthy);
    cast(B, Health.Unhealthy);
    var leave = new MemberEffect.Propose(new LeavePrimary(fence(), Reason.CheckFailed));
    assertThat(effects).doesNotContain(leave);
    cast(C, Health.Unhealthy);
    assertThat(effects).contains(leave);
  }

  @Test
  @DisplayName("A client's failure makes the leader ask everybody, however many fail")
  void asks() {
    send(new MemberEvent.Leads(true));
    begin(false, SELF);
    now = 200;
    send(new MemberEvent.ConnectFailed(1));
    assertThat(effects).noneMatch(MemberEffect.AskVerdicts.class::isInstance);
    send(new MemberEvent.ConnectFailed(2));
    assertThat(effects).contains(new MemberEffect.AskVerdicts(List.of("one")));
    send(new MemberEvent.ConnectFailed(2));
    assertThat(effects).isEmpty();
  }
}
