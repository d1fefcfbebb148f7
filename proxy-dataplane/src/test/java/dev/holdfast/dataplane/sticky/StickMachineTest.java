package dev.holdfast.dataplane.sticky;

import static dev.holdfast.dataplane.sticky.Keys.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.sticky.GroupStanding.FailingCheck;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.StickEvent.End;
import dev.holdfast.dataplane.sticky.StickEvent.Gone;
import dev.holdfast.dataplane.sticky.StickEvent.GroupGone;
import dev.holdfast.dataplane.sticky.StickEvent.Moved;
import dev.holdfast.dataplane.sticky.StickEvent.Refusal;
import dev.holdfast.dataplane.sticky.StickEvent.Refused;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StickMachineTest {
  private static final GroupPolicy BLUE = new GroupPolicy(1, "blue", GroupState.Active, 1);
  private static final GroupPolicy GREEN = new GroupPolicy(2, "green", GroupState.Active, 1);
  private static final int EXPIRE_AFTER = 100;

  private final StickMachine machine = new StickMachine(10, 17);

  StickMachineTest() {
    govern(BLUE, GREEN);
  }

  private List<StickEvent> govern(GroupPolicy... groups) {
    return machine.apply(configuration(groups));
  }

  private static StickCommand.Govern configuration(GroupPolicy... groups) {
    return new StickCommand.Govern(List.of(groups), Balance.LeastKeys, EXPIRE_AFTER, 10);
  }

  private static GroupPolicy in(GroupPolicy group, GroupState state) {
    return new GroupPolicy(group.id(), group.name(), state, group.weight());
  }

  private List<StickEvent> claim(int... numbers) {
    return machine.apply(
        new StickCommand.Claim(IntStream.of(numbers).mapToObj(Keys::key).toList()));
  }

  private OptionalInt group(int number) {
    return machine.table().group(key(number));
  }

  private void opened(int number) {
    machine.apply(new StickCommand.Activity(0, List.of(key(number)), List.of(), List.of()));
  }

  private void closed(int number) {
    machine.apply(new StickCommand.Activity(0, List.of(), List.of(key(number)), List.of()));
  }

  private List<StickEvent> advance(int now) {
    return machine.apply(new StickCommand.Advance(now));
  }

  private GroupStanding standing(int group) {
    return machine.groups().stream().filter(one -> one.id() == group).findFirst().orElseThrow();
  }

  @Test
  @DisplayName("S5 A key is void when nothing was heard of it for longer than expireAfter")
  void expires() {
    claim(1, 2);
    advance(60);
    machine.apply(new StickCommand.Activity(0, List.of(), List.of(), List.of(key(2))));
    assertThat(advance(EXPIRE_AFTER)).isEmpty();
    assertThat(advance(EXPIRE_AFTER + 1)).containsExactly(new Gone(key(1), 1, End.Expired));
    assertThat(group(1)).isEmpty();
    assertThat(group(2)).hasValue(2);
  }

  @Test
  @DisplayName("S5 An open connection is activity; the time begins when the last one ends")
  void heldDoesNotExpire() {
    claim(1);
    opened(1);
    assertThat(advance(10 * EXPIRE_AFTER)).isEmpty();
    closed(1);
    assertThat(advance(11 * EXPIRE_AFTER)).isEmpty();
    assertThat(advance(11 * EXPIRE_AFTER + 1)).hasSize(1);
  }

  @Test
  @DisplayName("S9 A group that drains keeps the keys it has and gets none")
  void draining() {
    claim(1, 2);
    govern(in(BLUE, GroupState.Draining), GREEN);
    claim(1, 3, 4, 5);
    assertThat(group(1)).hasValue(1);
    assertThat(List.of(group(3), group(4), group(5))).containsOnly(OptionalInt.of(2));
  }

  @Test
  @DisplayName("S9 A key of a disabled group moves when it is claimed, and its entry says so")
  void disabled() {
    claim(1, 2);
    opened(1);
    govern(in(BLUE, GroupState.Disabled), GREEN);
    assertThat(group(1)).hasValue(1);
    assertThat(claim(1, 2)).containsExactly(new Moved(key(1), 1, 2));
    assertThat(group(1)).hasValue(2);
    assertThat(machine.table().tally(1).keys()).isZero();
    govern(BLUE, GREEN);
    claim(1);
    assertThat(group(1)).hasValue(2);
  }

  @Test
  @DisplayName("S9 A key of a disabled group stays when no other group takes it, and is not served")
  void disabledAlone() {
    claim(1);
    govern(in(BLUE, GroupState.Disabled), in(GREEN, GroupState.Draining));
    assertThat(claim(1, 2))
        .containsExactly(
            new Refused(key(1), Refusal.NoGroup), new Refused(key(2), Refusal.NoGroup));
    govern(BLUE, GREEN);
    assertThat(claim(1)).isEmpty();
    assertThat(group(1)).hasValue(1);
  }

  @Test
  @DisplayName("S6 The keys of a group that is configured no more are taken out")
  void groupRemoved() {
    claim(1, 2);
    var blue = standing(1);
    assertThat(govern(GREEN))
        .containsExactly(new GroupGone(blue), new Gone(key(1), 1, End.GroupRemoved));
    assertThat(group(1)).isEmpty();
    assertThat(group(2)).hasValue(2);
  }

  @Test
  @DisplayName(
      "S6 Of a group that is configured no more the keys go some at a time; one that is"
          + " claimed before moves at once")
  void groupRemovedSlowly() {
    var slow = new StickMachine(10, 17, 2);
    slow.apply(configuration(BLUE));
    slow.apply(new StickCommand.Claim(IntStream.rangeClosed(1, 6).mapToObj(Keys::key).toList()));
    assertThat(slow.apply(configuration(GREEN)))
        .hasSize(3)
        .contains(new Gone(key(1), 1, End.GroupRemoved), new Gone(key(2), 1, End.GroupRemoved));
    assertThat(slow.apply(new StickCommand.Claim(List.of(key(6)))))
        .containsExactly(new Moved(key(6), 1, 2));
    assertThat(slow.apply(new StickCommand.Advance(1)))
        .containsExactly(
            new Gone(key(3), 1, End.GroupRemoved), new Gone(key(4), 1, End.GroupRemoved));
    assertThat(slow.apply(new StickCommand.Advance(1)))
        .containsExactly(new Gone(key(5), 1, End.GroupRemoved));
    assertThat(slow.table().groups()).containsExactly(2);
  }

  @Test
  @DisplayName("S10 A group without a failing check is up")
  void withoutChecks() {
    assertThat(standing(1).effective()).isEqualTo(GroupState.Active);
    assertThat(standing(1).cause()).hasToString("Spec");
  }

  @Test
  @DisplayName("S11 S12 Of checks that fail the strictest wins, and names the cause")
  void strictest() {
    advance(7);
    var drain = new FailingCheck("app", GroupState.Draining, "503");
    var disable = new FailingCheck("up", GroupState.Disabled, "refused");
    machine.apply(new StickCommand.Judge(1, List.of(disable, drain)));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Disabled);
    assertThat(standing(1).cause()).hasToString("Check/up");
    assertThat(standing(1).since()).isEqualTo(7);
    advance(9);
    machine.apply(new StickCommand.Judge(1, List.of(drain)));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Draining);
    assertThat(standing(1).cause()).hasToString("Check/app");
    assertThat(standing(1).since()).isEqualTo(9);
    machine.apply(new StickCommand.Judge(1, List.of()));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Active);
  }

  @Test
  @DisplayName("S10 A check without a verdict keeps new keys away, and is named as the cause")
  void unknown() {
    machine.apply(
        new StickCommand.Judge(1, List.of(new FailingCheck("up", GroupState.Draining, null))));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Draining);
    assertThat(standing(1).cause()).hasToString("Unknown");
  }

  @Test
  @DisplayName("S8 What the configuration wants is never made laxer by checks that pass")
  void wantedHolds() {
    govern(in(BLUE, GroupState.Disabled), GREEN);
    machine.apply(
        new StickCommand.Judge(1, List.of(new FailingCheck("app", GroupState.Draining, "503"))));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Disabled);
    assertThat(standing(1).cause()).hasToString("Spec");
  }

  @Test
  @DisplayName("A state given at run time holds until the field in the configuration changes")
  void change() {
    machine.apply(new StickCommand.Change(1, GroupState.Draining));
    assertThat(standing(1).cause()).hasToString("Runtime");
    govern(BLUE, in(GREEN, GroupState.Draining));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Draining);
    govern(in(BLUE, GroupState.Disabled), GREEN);
    assertThat(standing(1).effective()).isEqualTo(GroupState.Disabled);
    assertThat(standing(1).cause()).hasToString("Spec");
    machine.apply(new StickCommand.Change(1, GroupState.Active));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Active);
    machine.apply(new StickCommand.Change(1, null));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Disabled);
  }

  @Test
  @DisplayName("S16 A server's own word that it is unwell holds for as long as it said")
  void selfReport() {
    var report = new SelfReport(GroupState.Draining, 30, "disk full");
    machine.apply(new StickCommand.Report(1, report));
    assertThat(standing(1).cause()).hasToString("Reported");
    advance(29);
    assertThat(standing(1).effective()).isEqualTo(GroupState.Draining);
    advance(30);
    assertThat(standing(1).effective()).isEqualTo(GroupState.Active);
    machine.apply(new StickCommand.Report(1, report));
    machine.apply(new StickCommand.Report(1, null));
    assertThat(standing(1).effective()).isEqualTo(GroupState.Active);
  }

  @Test
  @DisplayName("S15 A key that lives gets no second group, however often it is claimed")
  void oneGroup() {
    claim(1, 1, 1);
    for (int number = 2; number < 6; number++) {
      claim(number, 1);
    }
    assertThat(group(1)).hasValue(1);
    assertThat(machine.table().size()).isEqualTo(5);
  }

  @Test
  @DisplayName("In a full table the entry idle for longest goes; one with connections never")
  void full() {
    for (int number = 0; number < 10; number++) {
      advance(number);
      claim(number);
    }
    opened(0);
    assertThat(claim(10)).contains(new Gone(key(1), 2, End.Evicted));
    assertThat(group(10)).isPresent();
    for (int number = 2; number <= 10; number++) {
      opened(number);
    }
    assertThat(claim(11)).containsExactly(new Refused(key(11), Refusal.Full));
    closed(4);
    assertThat(claim(11)).contains(new Gone(key(4), 1, End.Evicted));
  }

  @Test
  @DisplayName("Entries above a smaller limit go as time goes on, the longest idle first")
  void smaller() {
    claim(1, 2, 3, 4);
    opened(1);
    machine.apply(
        new StickCommand.Govern(List.of(BLUE, GREEN), Balance.LeastKeys, EXPIRE_AFTER, 2));
    assertThat(advance(1))
        .extracting(event -> ((Gone) event).key())
        .containsExactly(key(2), key(3));
  }

  @Test
  @DisplayName("A key that is taken out is new when it comes again")
  void removed() {
    claim(1);
    assertThat(machine.apply(new StickCommand.Remove(key(1))))
        .containsExactly(new Gone(key(1), 1, End.Removed));
    assertThat(machine.apply(new StickCommand.Remove(key(1)))).isEmpty();
    assertThat(group(1)).isEmpty();
  }

  @Test
  @DisplayName("What was idle when nobody looked has its full time anew, in the same order")
  void refresh() {
    claim(1);
    advance(90);
    claim(2);
    machine.apply(new StickCommand.Refresh());
    assertThat(advance(90 + EXPIRE_AFTER)).isEmpty();
    List<StickKey> gone =
        advance(91 + EXPIRE_AFTER).stream().map(event -> ((Gone) event).key()).toList();
    assertThat(gone).containsExactly(key(1), key(2));
  }
}
