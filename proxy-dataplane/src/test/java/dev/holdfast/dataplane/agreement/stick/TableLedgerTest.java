package dev.holdfast.dataplane.agreement.stick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Ask;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Claim;
import dev.holdfast.dataplane.agreement.stick.TableCommand.EndLeases;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Govern;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Hear;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Reign;
import dev.holdfast.dataplane.agreement.stick.TableCommand.RenewLease;
import dev.holdfast.dataplane.agreement.stick.TableCommand.Rule;
import dev.holdfast.dataplane.agreement.stick.TableCommand.SetMembers;
import dev.holdfast.dataplane.agreement.stick.TableLedger.Bounds;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.Keys;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickCommand.Change;
import dev.holdfast.dataplane.sticky.StickCommand.Remove;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.StickEvent.End;
import dev.holdfast.dataplane.sticky.StickEvent.Given;
import dev.holdfast.dataplane.sticky.StickEvent.Gone;
import dev.holdfast.dataplane.sticky.StickEvent.Moved;
import dev.holdfast.dataplane.sticky.StickEvent.Refusal;
import dev.holdfast.dataplane.sticky.StickEvent.Refused;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TableLedgerTest {
  private static final MemberId A = new MemberId("a", 0);
  private static final MemberId B = new MemberId("b", 0);
  private static final Incarnation A1 = new Incarnation(A, 1);
  private static final Incarnation A2 = new Incarnation(A, 2);
  private static final Incarnation B1 = new Incarnation(B, 1);
  private static final GroupPolicy ONE = new GroupPolicy(1, "one", GroupState.Active, 1);
  private static final GroupPolicy TWO = new GroupPolicy(2, "two", GroupState.Active, 1);
  private static final StickKey KEY = Keys.key(1);

  private TableLedger ledger = new TableLedger(7);
  private long serials;

  private List<StickEvent> commit(TableCommand command) {
    return ledger.apply(ledger.index() + 1, command);
  }

  private List<StickEvent> claim(StickKey... keys) {
    return commit(new Claim(List.of(keys)));
  }

  private List<StickEvent> ask(StickCommand.Wish wish) {
    return commit(new Ask(A1, ++serials, wish));
  }

  private void renew(Incarnation holder, long cut) {
    var after = ledger.head().processes().get(holder.member());
    commit(new RenewLease(holder, after, ++serials, cut));
  }

  private static StickCommand.Govern configuration(int maxEntries, GroupPolicy... groups) {
    return new StickCommand.Govern(List.of(groups), Balance.LeastKeys, 60, maxEntries);
  }

  private List<StickEvent> govern(GroupPolicy... groups) {
    return commit(new Govern(1, configuration(10, groups), Map.of()));
  }

  /** Both have leases, and nothing was taken away so far. */
  private void begin() {
    commit(new SetMembers(Set.of(A, B)));
    govern(ONE, TWO);
    commit(new Reign(A1));
    renew(A1, 0);
    renew(B1, 0);
  }

  private void rule(int now) {
    commit(new Rule(A1, ledger.head().ruled(), now, Map.of()));
  }

  @Test
  @DisplayName("S15 A key that nobody has ever known has a group at once; a known one keeps it")
  void given() {
    begin();
    assertThat(claim(KEY)).containsExactly(new Given(KEY, 1));
    assertThat(claim(KEY, Keys.key(2))).containsExactly(new Given(Keys.key(2), 2));
    assertThat(ledger.table().group(KEY)).hasValue(1);
  }

  @Test
  @DisplayName("S15 A key that was removed waits until each lease says that its holder has cut it")
  void removedKeyWaits() {
    begin();
    claim(KEY, Keys.key(2), Keys.key(3));
    assertThat(ask(new Remove(KEY))).containsExactly(new Gone(KEY, 1, End.Removed));
    var gone = ledger.index();
    assertThat(claim(KEY)).containsExactly(new Refused(KEY, Refusal.Fenced));
    renew(A1, gone);
    renew(B1, gone - 1);
    assertThat(ledger.isFenced(KEY)).isTrue();
    assertThat(claim(KEY)).containsExactly(new Refused(KEY, Refusal.Fenced));
    renew(B1, gone);
    assertThat(ledger.isFenced(KEY)).isFalse();
    assertThat(claim(KEY)).hasOnlyElementsOfType(Given.class);
  }

  @Test
  @DisplayName("S15 A lease that has ended is waited for no more")
  void endedLease() {
    begin();
    claim(KEY);
    ask(new Remove(KEY));
    renew(A1, ledger.index());
    var lease = ledger.head().leases().get(B);
    renew(B1, 0);
    commit(new EndLeases(Map.of(B, lease)));
    assertThat(ledger.isFenced(KEY)).as("it was renewed meanwhile").isTrue();
    commit(new EndLeases(Map.of(B, ledger.head().leases().get(B))));
    assertThat(ledger.isFenced(KEY)).isFalse();
    assertThat(ledger.head().leases()).containsOnlyKeys(A);
  }

  @Test
  @DisplayName("S13 Keys of a group that becomes Disabled move when each lease has cut them")
  void disabledGroupWaits() {
    begin();
    claim(KEY, Keys.key(2));
    ask(new Change(1, GroupState.Disabled));
    var disabled = ledger.index();
    assertThat(ledger.head().fence()).isEqualTo(disabled);
    assertThat(claim(KEY, Keys.key(2), Keys.key(3)))
        .containsExactly(new Refused(KEY, Refusal.Fenced), new Given(Keys.key(3), 2));
    renew(A1, disabled);
    renew(B1, disabled);
    assertThat(claim(KEY)).containsExactly(new Moved(KEY, 1, 2));
  }

  @Test
  @DisplayName("S13 A group that was Disabled twice is waited for from the second time on")
  void disabledTwice() {
    begin();
    claim(KEY);
    ask(new Change(1, GroupState.Disabled));
    var first = ledger.index();
    ask(new Change(1, null));
    assertThat(ledger.isFenced(KEY)).as("it serves its keys again").isFalse();
    ask(new Change(1, GroupState.Disabled));
    renew(A1, first);
    renew(B1, first);
    assertThat(ledger.isFenced(KEY)).isTrue();
  }

  @Test
  @DisplayName("S15 What expires or makes room waits as well, but nobody is to say at once")
  void expiredKeyWaits() {
    begin();
    claim(KEY);
    rule(100);
    assertThat(ledger.table().size()).isZero();
    assertThat(ledger.head().fence()).isZero();
    assertThat(claim(KEY)).containsExactly(new Refused(KEY, Refusal.Fenced));
  }

  @Test
  @DisplayName("S20 A key that is evicted by the claim before its own waits")
  void evictedInTheSameClaim() {
    begin();
    commit(new Govern(2, configuration(1, ONE, TWO), Map.of()));
    claim(KEY);
    assertThat(claim(Keys.key(2), KEY))
        .containsExactly(
            new Gone(KEY, 1, End.Evicted),
            new Given(Keys.key(2), 2),
            new Refused(KEY, Refusal.Fenced));
  }

  @Test
  @DisplayName("Where more keys are taken away than are remembered, every new key waits for them")
  void spilled() {
    ledger = new TableLedger(7, new Bounds(5_000, 2));
    begin();
    claim(Keys.key(1), Keys.key(2), Keys.key(3));
    IntStream.rangeClosed(1, 3).forEach(key -> ask(new Remove(Keys.key(key))));
    var newest = ledger.index();
    assertThat(claim(Keys.key(9))).containsExactly(new Refused(Keys.key(9), Refusal.Fenced));
    renew(A1, newest - 2);
    renew(B1, newest - 2);
    assertThat(claim(Keys.key(9))).hasOnlyElementsOfType(Given.class);
    assertThat(claim(Keys.key(2))).containsExactly(new Refused(Keys.key(2), Refusal.Fenced));
  }

  @Test
  @DisplayName("S6 S20 Keys of a group that is no more wait for it to be cut, then go elsewhere")
  void groupGone() {
    ledger = new TableLedger(7, new Bounds(1, 100));
    begin();
    govern(ONE);
    claim(Keys.key(1), Keys.key(2), Keys.key(3));
    assertThat(govern(TWO)).hasSize(2).contains(new Gone(Keys.key(1), 1, End.GroupRemoved));
    assertThat(ledger.head().fence()).isEqualTo(ledger.index());
    var gone = ledger.index();
    assertThat(claim(Keys.key(1), Keys.key(2), Keys.key(9)))
        .containsExactly(
            new Refused(Keys.key(1), Refusal.Fenced),
            new Refused(Keys.key(2), Refusal.Fenced),
            new Given(Keys.key(9), 2));
    renew(A1, gone);
    assertThat(ledger.isFenced(Keys.key(2))).isTrue();
    renew(B1, gone);
    assertThat(claim(Keys.key(1), Keys.key(2)))
        .containsExactly(new Given(Keys.key(1), 2), new Moved(Keys.key(2), 1, 2));
    rule(10);
    assertThat(ledger.table().group(Keys.key(3))).isEmpty();
    assertThat(ledger.head().overdue()).isTrue();
    rule(10);
    assertThat(ledger.head().overdue()).isFalse();
  }

  @Test
  @DisplayName("Who has no lease waits for nobody and is heard by nobody")
  void nobodyHasALease() {
    govern(ONE, TWO);
    claim(KEY);
    assertThat(ask(new Remove(KEY))).isEmpty();
    assertThat(ledger.hasHeard(A1, serials)).isFalse();
    commit(new Hear(A1, 1, List.of(KEY), List.of(), List.of()));
    assertThat(ledger.table().isHeld(KEY)).isFalse();
    govern(TWO);
    assertThat(ledger.table().group(KEY)).isEmpty();
    assertThat(ledger.isFenced(KEY)).isFalse();
  }

  @Test
  @DisplayName("What a process says counts once, however often it is committed, and in its order")
  void heardOnce() {
    begin();
    claim(KEY);
    var opened = new Hear(A1, 10, List.of(KEY), List.of(), List.of());
    commit(opened);
    assertThat(ledger.table().isHeld(KEY)).isTrue();
    assertThat(ledger.hasHeard(A1, 10)).isTrue();
    assertThat(ledger.hasHeard(A1, 11)).isFalse();
    commit(new Hear(A1, 11, List.of(), List.of(KEY), List.of()));
    commit(opened);
    assertThat(ledger.table().isHeld(KEY)).isFalse();
  }

  @Test
  @DisplayName("A process that comes after another has nothing of its keys, nor of its number")
  void nextProcess() {
    begin();
    claim(KEY);
    commit(new Hear(A1, 10, List.of(KEY), List.of(), List.of()));
    renew(A2, ledger.index());
    assertThat(ledger.table().isHeld(KEY)).isFalse();
    commit(new Hear(A1, 11, List.of(KEY), List.of(), List.of()));
    assertThat(ledger.table().isHeld(KEY)).isFalse();
    commit(new Hear(A2, 1, List.of(KEY), List.of(), List.of()));
    assertThat(ledger.table().isHeld(KEY)).isTrue();
    commit(new RenewLease(A1, null, ++serials, ledger.index()));
    commit(new RenewLease(A1, 1L, ++serials, ledger.index()));
    assertThat(ledger.head().leaseOf(A2)).as("after late requests of a dead process").isNotNull();
  }

  @Test
  @DisplayName("A lease that has ended leaves nothing held")
  void endedHolds() {
    begin();
    claim(KEY);
    commit(new Hear(A1, 10, List.of(KEY), List.of(), List.of()));
    commit(new EndLeases(Map.of(A, ledger.head().leases().get(A))));
    assertThat(ledger.table().isHeld(KEY)).isFalse();
    renew(A1, ledger.index());
    commit(new Hear(A1, 10, List.of(KEY), List.of(), List.of()));
    assertThat(ledger.table().isHeld(KEY)).as("it was heard before").isFalse();
  }

  @Test
  @DisplayName("A request that is older than the lease changes nothing; no cut is ever taken back")
  void monotone() {
    begin();
    commit(new RenewLease(A1, 1L, 50, 40));
    commit(new RenewLease(A1, 1L, 49, 45));
    assertThat(ledger.head().leases().get(A)).isEqualTo(new TableLease(1, 50, 40, 0));
    commit(new RenewLease(A1, 1L, 51, 30));
    assertThat(ledger.head().leases().get(A)).isEqualTo(new TableLease(1, 51, 40, 0));
  }

  @Test
  @DisplayName("Nobody but a member gets a lease, and at most eight do at a time")
  void numbers() {
    var members = new TreeSet<MemberId>();
    IntStream.range(0, 9).forEach(peer -> members.add(new MemberId("m" + peer, 0)));
    commit(new SetMembers(members));
    members.forEach(member -> renew(new Incarnation(member, 1), 0));
    renew(new Incarnation(new MemberId("stranger", 0), 1), 0);
    assertThat(ledger.head().leases().values().stream().map(TableLease::number))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    var third = new MemberId("m3", 0);
    commit(new EndLeases(Map.of(third, ledger.head().leases().get(third))));
    renew(new Incarnation(new MemberId("m8", 0), 1), 0);
    assertThat(ledger.head().leases().get(new MemberId("m8", 0)).number()).isEqualTo(3);
  }

  @Test
  @DisplayName("An older configuration is not taken; one as new is")
  void generations() {
    begin();
    commit(new Govern(5, configuration(10, ONE), Map.of()));
    govern(ONE, TWO);
    assertThat(ledger.head().groups()).hasSize(1);
    commit(new Govern(5, configuration(10, TWO), Map.of()));
    assertThat(ledger.head().configuration()).isEqualTo(configuration(10, TWO));
  }

  @Test
  @DisplayName("A group that is new takes no keys while its checks have no verdict")
  void unproven() {
    var unknown = List.of(new FailingCheck("up", GroupState.Draining, null));
    begin();
    var next = configuration(10, ONE, TWO, new GroupPolicy(3, "three", GroupState.Active, 9));
    commit(new Govern(1, next, Map.of(1, unknown, 3, unknown)));
    assertThat(ledger.head().group(1).effective()).isEqualTo(GroupState.Active);
    assertThat(ledger.head().group(3).effective()).isEqualTo(GroupState.Draining);
  }

  @Test
  @DisplayName("Time and checks are those of whoever reigns; each of its words counts once")
  void oneReign() {
    begin();
    claim(KEY);
    var word = new Rule(A1, ledger.head().ruled(), 40, Map.of());
    commit(word);
    assertThat(ledger.head().now()).isEqualTo(40);
    var failing = List.of(new FailingCheck("up", GroupState.Disabled, "refused"));
    commit(new Rule(A1, word.after(), 41, Map.of(1, failing)));
    commit(new Rule(B1, ledger.head().ruled(), 41, Map.of(1, failing)));
    assertThat(ledger.head().now()).isEqualTo(40);
    assertThat(ledger.head().group(1).failing()).isEmpty();
    commit(new Rule(A1, ledger.head().ruled(), 41, Map.of(1, failing)));
    assertThat(ledger.head().group(1).failing()).isEqualTo(failing);
  }

  @Test
  @DisplayName("Under a new leader every key counts as heard of; a reign that goes on begins once")
  void newReign() {
    begin();
    claim(KEY);
    rule(50);
    commit(new Reign(A1));
    rule(60);
    commit(new Reign(B1));
    commit(new Rule(B1, ledger.head().ruled(), 119, Map.of()));
    assertThat(ledger.table().group(KEY)).isPresent();
    commit(new Rule(B1, ledger.head().ruled(), 121, Map.of()));
    assertThat(ledger.table().group(KEY)).isEmpty();
  }

  @Test
  @DisplayName("What is overdue is said until it is done")
  void overdue() {
    commit(new SetMembers(Set.of(A)));
    commit(new Govern(1, configuration(20_000, ONE), Map.of()));
    commit(new Reign(A1));
    commit(new Claim(IntStream.range(0, 7_000).mapToObj(Keys::key).toList()));
    rule(100);
    assertThat(ledger.table().size()).isEqualTo(2_000);
    assertThat(ledger.head().overdue()).isTrue();
    rule(100);
    assertThat(ledger.table().size()).isZero();
    assertThat(ledger.head().overdue()).isFalse();
  }
}
