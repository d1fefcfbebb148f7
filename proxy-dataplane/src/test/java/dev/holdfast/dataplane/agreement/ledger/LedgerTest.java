package dev.holdfast.dataplane.agreement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ledger.Command.EndHooks;
import dev.holdfast.dataplane.agreement.ledger.Command.EndLeases;
import dev.holdfast.dataplane.agreement.ledger.Command.LeavePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.ProposePrimary;
import dev.holdfast.dataplane.agreement.ledger.Command.RenewLease;
import dev.holdfast.dataplane.agreement.ledger.Command.SetMembers;
import dev.holdfast.dataplane.agreement.ledger.Command.TakeHooks;
import dev.holdfast.dataplane.failover.Reason;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final MemberId A = new MemberId("a", 0);
  private static final MemberId B = new MemberId("b", 0);
  private static final Incarnation A1 = new Incarnation(A, 1);
  private static final Incarnation B1 = new Incarnation(B, 1);
  private static final Target ONE = new Target("one", "10.0.0.1", 5432);
  private static final Target TWO = new Target("two", "10.0.0.2", 5432);

  private long index;
  private Ledger ledger = Ledger.empty();

  private Ledger commit(Command command) {
    ledger = ledger.apply(++index, command);
    return ledger;
  }

  private Ledger propose(Target target, boolean hooked) {
    return commit(new ProposePrimary(ledger.fence(), target, 1, Reason.CheckFailed, hooked, 0, A1));
  }

  private void bothHoldLeases() {
    commit(new SetMembers(Set.of(A, B)));
    commit(new RenewLease(A1, 1, ledger.fence()));
    commit(new RenewLease(B1, 1, ledger.fence()));
  }

  @Test
  @DisplayName("An epoch is the index in the log, and above the floor and every epoch before")
  void epochs() {
    assertThat(propose(ONE, false).epoch()).isEqualTo(1);
    commit(new LeavePrimary(ledger.fence(), Reason.CheckFailed));
    commit(new ProposePrimary(ledger.fence(), TWO, 1, Reason.CheckFailed, false, 40, A1));
    assertThat(ledger.epoch()).isEqualTo(41);
    commit(new LeavePrimary(ledger.fence(), Reason.CheckFailed));
    assertThat(propose(ONE, false).epoch()).isEqualTo(42);
  }

  @Test
  @DisplayName("The first primary of a group goes on in the floor's epoch; no later one does")
  void resumes() {
    commit(new ProposePrimary(0, ONE, 1, Reason.Resumed, false, 40, A1));
    assertThat(ledger.epoch()).isEqualTo(40);
    commit(new LeavePrimary(ledger.fence(), Reason.CheckFailed));
    commit(new ProposePrimary(ledger.fence(), ONE, 1, Reason.Resumed, false, 40, A1));
    assertThat(ledger.epoch()).isEqualTo(41);
  }

  @Test
  @DisplayName("A new primary waits until each older lease is renewed under its fence, or ended")
  void fencing() {
    bothHoldLeases();
    assertThat(propose(ONE, false).office()).isInstanceOf(Office.Fencing.class);
    commit(new RenewLease(A1, 2, ledger.fence()));
    assertThat(ledger.office()).isInstanceOf(Office.Fencing.class);
    commit(new EndLeases(Map.of(B, new Grant(0, 1, 1))));
    assertThat(ledger.office()).isInstanceOf(Office.Serving.class);
  }

  @Test
  @DisplayName("A lease that was renewed meanwhile is not ended")
  void renewedMeanwhile() {
    bothHoldLeases();
    commit(new RenewLease(B1, 2, ledger.fence()));
    commit(new EndLeases(Map.of(B, new Grant(0, 1, 1))));
    assertThat(ledger.leases()).containsEntry(B, new Grant(0, 1, 2));
  }

  @Test
  @DisplayName("Who is no member, or knows an older fence only, gets no lease")
  void refused() {
    bothHoldLeases();
    var fence = ledger.fence();
    propose(ONE, false);
    commit(new RenewLease(new Incarnation(new MemberId("c", 0), 1), 1, ledger.fence()));
    commit(new RenewLease(A1, 2, fence));
    assertThat(ledger.leases())
        .containsOnly(Map.entry(A, new Grant(fence, 1, 1)), Map.entry(B, new Grant(fence, 1, 1)));
  }

  @Test
  @DisplayName("What was decided under an older fence has no effect")
  void stale() {
    propose(ONE, true);
    var before = ledger;
    commit(new ProposePrimary(0, TWO, 2, Reason.CheckFailed, false, 0, B1));
    commit(new LeavePrimary(0, Reason.CheckFailed));
    commit(new TakeHooks(0, B1));
    commit(new EndHooks(0, false));
    assertThat(ledger).isEqualTo(before);
  }

  @Test
  @DisplayName("A primary chosen by an older configuration has no effect")
  void olderGeneration() {
    commit(new ProposePrimary(0, ONE, 5, Reason.Initial, false, 0, A1));
    commit(new LeavePrimary(ledger.fence(), Reason.BackendRemoved));
    assertThat(propose(TWO, false).office()).isInstanceOf(Office.Vacant.class);
  }

  @Test
  @DisplayName("Clients are admitted when the hooks have ended, and they end once")
  void hooks() {
    var running = propose(ONE, true);
    assertThat(running.office()).isInstanceOf(Office.RunningHooks.class);
    var serving = commit(new EndHooks(ledger.fence(), false));
    assertThat(serving.office()).isInstanceOf(Office.Serving.class);
    commit(new EndHooks(ledger.fence(), true));
    commit(new TakeHooks(ledger.fence(), B1));
    assertThat(ledger).isEqualTo(serving);
  }

  @Test
  @DisplayName("Who takes the hooks runs them in the same epoch, when the runner's lease has ended")
  void hooksTaken() {
    bothHoldLeases();
    propose(ONE, true);
    commit(new RenewLease(A1, 2, ledger.fence()));
    commit(new RenewLease(B1, 2, ledger.fence()));
    var epoch = ledger.epoch();
    var before = ledger.fence();
    commit(new TakeHooks(ledger.fence(), B1));
    commit(new RenewLease(B1, 3, ledger.fence()));
    assertThat(ledger.office()).isInstanceOf(Office.Fencing.class);
    commit(new EndHooks(before, false));
    commit(new EndLeases(Map.of(A, new Grant(before, 1, 2))));
    assertThat(ledger.epoch()).isEqualTo(epoch);
    assertThat(ledger.office())
        .isInstanceOfSatisfying(
            Office.RunningHooks.class, running -> assertThat(running.runner()).isEqualTo(B1));
  }

  @Test
  @DisplayName("A candidate that hooks gave up is remembered until it is chosen in another round")
  void discarded() {
    propose(ONE, true);
    commit(new EndHooks(ledger.fence(), true));
    assertThat(ledger.office())
        .isInstanceOfSatisfying(
            Office.Vacant.class,
            vacant -> assertThat(vacant.search().discarded()).containsExactly("one"));
    propose(ONE, true);
    commit(new EndHooks(ledger.fence(), true));
    assertThat(ledger.office())
        .isInstanceOfSatisfying(
            Office.Vacant.class, vacant -> assertThat(vacant.search().rounds()).isEqualTo(1));
  }
}
