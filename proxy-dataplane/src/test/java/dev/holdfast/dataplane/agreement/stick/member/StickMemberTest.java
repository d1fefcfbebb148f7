package dev.holdfast.dataplane.agreement.stick.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.Moment;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Ask;
import dev.holdfast.dataplane.agreement.stick.TableCommand.EndLeases;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Govern;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Reign;
import dev.holdfast.dataplane.agreement.stick.TableCommand.RenewLease;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Rule;
import dev.holdfast.dataplane.agreement.stick.TableCommand.SetMembers;
import dev.holdfast.dataplane.agreement.stick.TableLedger;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect.Admit;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect.AskVerdicts;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect.Cast;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect.Prolong;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect.Propose;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect.Sever;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEffect.Withdraw;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Applied;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.BallotCast;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Cut;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Leads;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.MembersChanged;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.PolicyApplied;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Severed;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.Tick;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberEvent.VerdictsWanted;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StickMemberTest {
  private static final MemberId A = new MemberId("a", 0);
  private static final MemberId B = new MemberId("b", 0);
  private static final MemberId C = new MemberId("c", 0);
  private static final Incarnation SELF = new Incarnation(A, 1);
  private static final Incarnation OTHER = new Incarnation(B, 1);
  private static final LeaseTerms TERMS = LeaseTerms.of(Duration.ofSeconds(3));
  private static final StickCommand.Govern CONFIGURATION =
      new StickCommand.Govern(
          List.of(
              new GroupPolicy(1, "one", GroupState.Active, 1),
              new GroupPolicy(2, "two", GroupState.Active, 1)),
          Balance.LeastKeys,
          60,
          100);

  private final TableLedger ledger = new TableLedger(7);
  private final List<StickMemberEffect> effects = new ArrayList<>();
  private StickMemberPolicy policy = policy(1);
  private StickMemberState state = StickMemberState.initial(SELF, ledger.head(), 0, moment(0));
  private long now;
  private long ballots;

  private static StickMemberPolicy policy(long generation) {
    var up = new StickMemberPolicy.Check(1, "up", GroupState.Disabled);
    return new StickMemberPolicy(
        TERMS, generation, CONFIGURATION, List.of(up), Duration.ofSeconds(9));
  }

  private static Moment moment(long millis) {
    return new Moment(millis * 1_000_000);
  }

  private void at(long millis) {
    now = millis;
    effects.clear();
  }

  private void send(StickMemberEvent event) {
    var step = StickMember.step(state, event, policy, moment(now));
    state = step.state();
    effects.addAll(step.effects());
  }

  /** Commits something, and has it applied here. */
  private void commit(TableCommand command) {
    commit(command, false);
  }

  private void commit(TableCommand command, boolean revoked) {
    ledger.apply(ledger.index() + 1, command);
    send(new Applied(ledger.index(), ledger.head(), revoked));
  }

  private void reigns() {
    hasLease();
    send(new Leads(true));
    commit(new Reign(SELF));
  }

  private Stream<TableCommand> proposed() {
    return effects.stream()
        .filter(Propose.class::isInstance)
        .map(effect -> ((Propose) effect).command());
  }

  /** The requests for leases that were made since the clock was set last. */
  private List<RenewLease> renewals() {
    return proposed().filter(RenewLease.class::isInstance).map(RenewLease.class::cast).toList();
  }

  private void tickAt(long millis) {
    at(millis);
    send(new Tick());
  }

  /** All that is asked for is committed at once. */
  private void renewAt(long millis) {
    tickAt(millis);
    renewals().forEach(this::commit);
  }

  private void hasLease() {
    commit(new SetMembers(Set.of(A, B, C)));
    commit(new Govern(1, CONFIGURATION, Map.of()));
    renewals().forEach(this::commit);
  }

  private void cast(Incarnation voter, Health health) {
    cast(voter, health, Map.of());
  }

  private void cast(Incarnation voter, Health health, Map<String, String> reasons) {
    send(new BallotCast(voter, ++ballots, Map.of("1/up", health), reasons, Duration.ZERO));
  }

  @Test
  @DisplayName("It admits clients from when its request is applied, by the time when it asked")
  void admits() {
    commit(new SetMembers(Set.of(A, B, C)));
    commit(new Govern(1, CONFIGURATION, Map.of()));
    var request = renewals().getFirst();
    at(500);
    commit(request);
    assertThat(effects).contains(new Admit(moment(2_850)));
    tickAt(750);
    at(900);
    commit(new RenewLease(SELF, 1L, request.serial() + 1, 2));
    assertThat(effects).contains(new Prolong(moment(750 + 2_850)));
  }

  @Test
  @DisplayName("Who is no member asks for nothing")
  void noMember() {
    commit(new SetMembers(Set.of(B, C)));
    tickAt(5_000);
    assertThat(renewals()).isEmpty();
  }

  @Test
  @DisplayName("At its lease's end it cuts all connections, and asks again only when that is done")
  void leaseEnds() {
    hasLease();
    tickAt(2_849);
    assertThat(effects).doesNotContain(new Sever());
    tickAt(2_850);
    assertThat(effects).startsWith(new Withdraw(), new Sever());
    assertThat(renewals()).isEmpty();
    tickAt(4_000);
    assertThat(renewals()).isEmpty();
    send(new Severed());
    assertThat(renewals()).hasSize(1);
    commit(renewals().getFirst());
    assertThat(effects).contains(new Admit(moment(4_000 + 2_850)));
  }

  @Test
  @DisplayName("A process that was stopped cuts before it looks at anything else")
  void stopped() {
    hasLease();
    tickAt(750);
    var late = renewals().getFirst();
    at(3_700);
    commit(late);
    assertThat(effects).startsWith(new Withdraw(), new Sever());
    assertThat(effects).noneMatch(Admit.class::isInstance);
  }

  @Test
  @DisplayName("A lease that the ledger has ended is over, whatever the clock says")
  void endedInTheLedger() {
    hasLease();
    at(100);
    commit(new EndLeases(ledger.head().leases()));
    assertThat(effects).startsWith(new Withdraw(), new Sever());
  }

  @Test
  @DisplayName("An index is named only when what was taken away up to it is cut")
  void namesWhatIsCut() {
    hasLease();
    commit(new Reign(OTHER));
    at(100);
    commit(new Rule(OTHER, ledger.head().ruled(), 5, Map.of()), true);
    var revoked = ledger.index();
    commit(new Rule(OTHER, ledger.head().ruled(), 6, Map.of()));
    tickAt(750);
    assertThat(renewals()).singleElement().matches(renewal -> renewal.cut() < revoked);
    send(new Cut(revoked - 1));
    send(new Cut(revoked));
    tickAt(1_500);
    assertThat(renewals()).singleElement().matches(renewal -> renewal.cut() == ledger.index());
  }

  @Test
  @DisplayName("It says that something is cut also when it hears of that before it was revoked")
  void cutHeardFirst() {
    hasLease();
    commit(new Reign(OTHER));
    send(new Cut(ledger.index() + 1));
    commit(new Rule(OTHER, ledger.head().ruled(), 5, Map.of()), true);
    tickAt(750);
    assertThat(renewals()).singleElement().matches(renewal -> renewal.cut() == ledger.index());
  }

  @Test
  @DisplayName("S13 When somebody took keys away it says at once that they are cut")
  void saysAtOnce() {
    hasLease();
    at(100);
    commit(new Ask(SELF, 1, new StickCommand.Change(1, GroupState.Disabled)), true);
    assertThat(renewals()).isEmpty();
    send(new Cut(ledger.index()));
    assertThat(renewals()).singleElement().matches(renewal -> renewal.cut() == ledger.index());
    send(new Tick());
    assertThat(renewals()).as("once").hasSize(1);
  }

  @Test
  @DisplayName("With an older configuration than the table's it admits nobody, and cuts nobody")
  void olderConfiguration() {
    hasLease();
    assertThat(StickReadiness.of(state, policy, moment(now))).isEqualTo(StickReadiness.Ready);
    at(100);
    commit(new Govern(2, CONFIGURATION, Map.of()));
    assertThat(effects).contains(new Withdraw()).doesNotContain(new Sever());
    assertThat(StickReadiness.of(state, policy, moment(now)))
        .isEqualTo(StickReadiness.Unconfigured);
    policy = policy(2);
    send(new PolicyApplied());
    assertThat(effects).anyMatch(Admit.class::isInstance);
  }

  @Test
  @DisplayName("It is not ready when no request of it has come back for two leases")
  void outOfContact() {
    assertThat(StickReadiness.of(state, policy, moment(0))).isEqualTo(StickReadiness.OutOfContact);
    hasLease();
    assertThat(StickReadiness.of(state, policy, moment(5_999))).isEqualTo(StickReadiness.Ready);
    assertThat(StickReadiness.of(state, policy, moment(6_000)))
        .isEqualTo(StickReadiness.OutOfContact);
  }

  @Test
  @DisplayName("A leader begins its reign, sets the members, and proposes what was lost again")
  void leads() {
    send(new MembersChanged(Set.of(A, B, C)));
    send(new Leads(true));
    assertThat(effects).contains(new AskVerdicts());
    assertThat(proposed())
        .contains(
            new Reign(SELF),
            new SetMembers(Set.of(A, B, C)),
            new Govern(
                1,
                CONFIGURATION,
                Map.of(
                    1, List.of(new FailingCheck("up", GroupState.Draining, null)), 2, List.of())));
    tickAt(749);
    assertThat(proposed()).isEmpty();
    tickAt(750);
    assertThat(proposed()).contains(new Reign(SELF), new SetMembers(Set.of(A, B, C)));
  }

  @Test
  @DisplayName("A leader has time go on from where the table's time stood, by its own clock")
  void time() {
    hasLease();
    commit(new Reign(OTHER));
    commit(new Rule(OTHER, ledger.head().ruled(), 500, Map.of()));
    at(10_000);
    send(new Leads(true));
    commit(new Reign(SELF));
    tickAt(10_999);
    assertThat(proposed()).noneMatch(Rule.class::isInstance);
    tickAt(11_000);
    assertThat(proposed()).contains(new Rule(SELF, ledger.head().ruled(), 501, Map.of()));
  }

  @Test
  @DisplayName("Time in which it did not lead is no time of the table's")
  void timeStandsStill() {
    reigns();
    at(100);
    send(new Leads(false));
    at(60_000);
    send(new Leads(true));
    tickAt(61_000);
    assertThat(proposed()).contains(new Rule(SELF, ledger.head().ruled(), 1, Map.of()));
  }

  @Test
  @DisplayName("S16 A check fails when most who have a verdict say so, with votes and one's words")
  void votes() {
    reigns();
    at(10);
    cast(SELF, Health.Unhealthy, Map.of("1/up", "refused"));
    assertThat(proposed()).noneMatch(Rule.class::isInstance);
    cast(OTHER, Health.Healthy);
    assertThat(proposed()).as("a tie").noneMatch(Rule.class::isInstance);
    cast(new Incarnation(C, 1), Health.Unhealthy);
    var why = "2 of 3 replicas find it failed: a says refused";
    var failing = new FailingCheck("up", GroupState.Disabled, why);
    var word = new Rule(SELF, ledger.head().ruled(), 0, Map.of(1, List.of(failing)));
    assertThat(proposed()).contains(word);
    commit(word);
    at(20);
    cast(SELF, Health.Unhealthy, Map.of("1/up", "x".repeat(400)));
    assertThat(proposed()).as("other words").noneMatch(Rule.class::isInstance);
    cast(SELF, Health.Healthy);
    assertThat(proposed()).contains(new Rule(SELF, ledger.head().ruled(), 0, Map.of(1, List.of())));
  }

  @Test
  @DisplayName("S16 Where too few have a verdict all stays as it was")
  void noVotes() {
    reigns();
    var failing = List.of(new FailingCheck("up", GroupState.Draining, null));
    commit(new Rule(SELF, ledger.head().ruled(), 0, Map.of(1, failing)));
    at(10);
    cast(SELF, Health.Healthy);
    assertThat(proposed()).isEmpty();
    cast(OTHER, Health.Healthy);
    assertThat(proposed()).contains(new Rule(SELF, ledger.head().ruled(), 0, Map.of(1, List.of())));
  }

  @Test
  @DisplayName("S16 A leader with an older configuration than the table's says nothing of checks")
  void olderChecks() {
    reigns();
    var failing = List.of(new FailingCheck("other", GroupState.Draining, "refused"));
    commit(new Govern(2, CONFIGURATION, Map.of()));
    at(10);
    commit(new Rule(SELF, ledger.head().ruled(), 0, Map.of(1, failing)));
    assertThat(proposed()).isEmpty();
    policy = policy(2);
    send(new PolicyApplied());
    assertThat(proposed()).contains(new Rule(SELF, ledger.head().ruled(), 0, Map.of(1, List.of())));
  }

  @Test
  @DisplayName("A leader has a lease ended when it must be over, and it was not renewed")
  void lapsed() {
    hasLease();
    at(100);
    commit(new RenewLease(OTHER, null, 1, 0));
    var lease = ledger.head().leases().get(B);
    send(new Leads(true));
    commit(new Reign(SELF));
    renewAt(2_000);
    tickAt(3_249);
    assertThat(proposed()).noneMatch(EndLeases.class::isInstance);
    tickAt(3_250);
    assertThat(proposed()).contains(new EndLeases(Map.of(B, lease)));
  }

  @Test
  @DisplayName("Verdicts are told when they are wanted, and else thrice within their age")
  void casts() {
    send(new Tick());
    assertThat(effects).contains(new Cast());
    tickAt(2_999);
    assertThat(effects).doesNotContain(new Cast());
    tickAt(3_000);
    assertThat(effects).contains(new Cast());
    at(4_000);
    send(new VerdictsWanted());
    assertThat(effects).contains(new Cast());
    tickAt(6_999);
    assertThat(effects).doesNotContain(new Cast());
  }
}
