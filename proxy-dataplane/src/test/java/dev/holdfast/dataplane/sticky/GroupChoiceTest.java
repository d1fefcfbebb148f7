package dev.holdfast.dataplane.sticky;

import static dev.holdfast.dataplane.sticky.Keys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupChoiceTest {
  private static final int KEYS = 60_000;

  private static GroupPolicy group(int id, int weight) {
    return new GroupPolicy(id, "group-" + id, GroupState.Active, weight);
  }

  private static StickMachine machine(Balance balance, GroupPolicy... groups) {
    var machine = new StickMachine(KEYS, 17);
    machine.apply(new StickCommand.Govern(List.of(groups), balance, 60, KEYS));
    return machine;
  }

  private static void claimAll(StickMachine machine) {
    machine.apply(new StickCommand.Claim(IntStream.range(0, KEYS).mapToObj(Keys::key).toList()));
  }

  @ParameterizedTest
  @EnumSource(Balance.class)
  @DisplayName("S19 New keys are spread over the groups by their weights")
  void weights(Balance balance) {
    var machine = machine(balance, group(1, 1), group(2, 2), group(3, 3), group(4, 0));
    claimAll(machine);
    var slack = balance == Balance.Hash ? KEYS / 100 : 1;
    assertThat(machine.table().tally(1).keys()).isCloseTo(KEYS / 6, within(slack));
    assertThat(machine.table().tally(2).keys()).isCloseTo(KEYS / 3, within(slack));
    assertThat(machine.table().tally(3).keys()).isCloseTo(KEYS / 2, within(slack));
    assertThat(machine.table().tally(4).keys()).isZero();
  }

  @Test
  @DisplayName("S19 In turn, no group has to wait for longer than the weights make it")
  void smooth() {
    var machine = machine(Balance.RoundRobin, group(1, 4), group(2, 2), group(3, 1));
    var order = new ArrayList<Integer>();
    for (int number = 0; number < 14; number++) {
      machine.apply(new StickCommand.Claim(List.of(key(number))));
      order.add(machine.table().group(key(number)).orElseThrow());
    }
    assertThat(order.subList(0, 7)).containsExactly(1, 2, 1, 3, 1, 2, 1);
    assertThat(order.subList(7, 14)).isEqualTo(order.subList(0, 7));
  }

  @Test
  @DisplayName(
      "S19 By hash, a key finds the same group again; a group that goes moves no other keys")
  void hash() {
    var all = machine(Balance.Hash, group(1, 1), group(2, 1), group(3, 2));
    var fewer = machine(Balance.Hash, group(3, 2), group(1, 1));
    claimAll(all);
    claimAll(fewer);
    for (int number = 0; number < KEYS; number++) {
      var before = all.table().group(key(number)).orElseThrow();
      if (before != 2) {
        assertThat(fewer.table().group(key(number))).hasValue(before);
      }
    }
  }

  @Test
  @DisplayName("S19 A group that was empty catches up by getting the new keys")
  void leastKeys() {
    var machine = machine(Balance.LeastKeys, group(1, 1));
    machine.apply(new StickCommand.Claim(List.of(key(1), key(2), key(3))));
    machine.apply(
        new StickCommand.Govern(List.of(group(1, 1), group(2, 1)), Balance.LeastKeys, 60, KEYS));
    machine.apply(new StickCommand.Claim(List.of(key(4), key(5), key(6), key(7))));
    assertThat(machine.table().tally(2).keys()).isEqualTo(3);
    assertThat(machine.table().tally(1).keys()).isEqualTo(4);
  }
}
