package dev.holdfast.dataplane.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.sticky.StickEvent.End;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a machine promises, checked after each command against the plainest record of what it was
 * told and what it said: groups of keys as its events tell, connections as its commands tell.
 */
final class StickLaws {
  private final StickMachine machine;
  private final Map<StickKey, Integer> groups = new HashMap<>();
  private final Map<StickKey, Set<Integer>> holders = new HashMap<>();
  private final Map<StickKey, Integer> heard = new LinkedHashMap<>();
  private int expireAfter;
  private int maxEntries = RandomCommands.ENTRIES;
  private int now;
  private int seen;
  private int swept;
  private int evicted;
  private long left;

  StickLaws(StickMachine machine) {
    this.machine = machine;
  }

  /** How often a key was left in a group that is no more, for the next command to take out. */
  long left() {
    return left;
  }

  /** Events so far. */
  int seen() {
    return seen;
  }

  void apply(StickCommand command) {
    if (command instanceof StickCommand.Claim(var keys)) {
      keys.forEach(key -> step(new StickCommand.Claim(List.of(key))));
    } else {
      step(command);
    }
  }

  private void step(StickCommand command) {
    var events = machine.apply(command);
    seen += events.size();
    switch (command) {
      case StickCommand.Govern next -> {
        expireAfter = next.expireAfter();
        maxEntries = next.maxEntries();
      }
      case StickCommand.Advance(var next) -> now = Math.max(now, next);
      default -> {}
    }
    swept = 0;
    evicted = 0;
    events.forEach(event -> heard(command, event));
    record(command);
    check(command);
  }

  private void heard(StickCommand command, StickEvent event) {
    switch (event) {
      case StickEvent.Given(var key, var group) -> {
        assertThat(groups.put(key, group)).isNull();
        assertTakesKeys(group);
        heard.put(key, now);
      }
      case StickEvent.Moved(var key, var from, var to) -> {
        assertThat(groups.put(key, to)).isEqualTo(from);
        assertThat(serves(from)).isFalse();
        assertTakesKeys(to);
      }
      case StickEvent.Gone(var key, var group, var end) -> {
        assertThat(groups.remove(key)).isEqualTo(group);
        gone(command, key, end);
        holders.remove(key);
        heard.remove(key);
      }
      case StickEvent.Refused(var key, var refusal) -> {
        var full = refusal == StickEvent.Refusal.Full;
        assertThat(
                full
                    && evicted < machine.atATime()
                    && groups.keySet().stream().anyMatch(one -> !isHeld(one)))
            .isFalse();
        assertThat(!full && machine.groups().stream().anyMatch(this::takesKeys)).isFalse();
      }
      case StickEvent.GroupGone(var was) -> {
        assertThat(command).isInstanceOf(StickCommand.Govern.class);
        assertThat(machine.group(was.id())).isNull();
      }
      case StickEvent.GroupChanged(var before, var after) ->
          assertThat(after.id()).isEqualTo(before.id());
    }
  }

  private void gone(StickCommand command, StickKey key, End end) {
    switch (end) {
      case Expired -> {
        assertThat(isHeld(key)).isFalse();
        assertThat(heard.get(key)).isLessThan(now - expireAfter);
      }
      case Evicted -> {
        evicted++;
        assertThat(isHeld(key)).isFalse();
        var longest = heard.keySet().stream().filter(one -> !isHeld(one)).findFirst();
        assertThat(longest).hasValue(key);
        assertThat(groups.size() + 1).isGreaterThanOrEqualTo(maxEntries);
      }
      case Removed -> assertThat(command).isEqualTo(new StickCommand.Remove(key));
      case GroupRemoved -> {
        swept++;
        assertThat(command).isInstanceOfAny(StickCommand.Govern.class, StickCommand.Advance.class);
      }
    }
  }

  private void record(StickCommand command) {
    switch (command) {
      case StickCommand.Claim(var keys) -> keys.forEach(this::claimed);
      case StickCommand.Activity(var holder, var opened, var closed, var touched) -> {
        opened.stream()
            .filter(groups::containsKey)
            .forEach(key -> holders.computeIfAbsent(key, _ -> new HashSet<>()).add(holder));
        closed.forEach(key -> released(key, holder));
        touched.forEach(this::touched);
      }
      case StickCommand.Forget(var holder) -> forgotten(holder);
      case StickCommand.Refresh() -> heard.replaceAll((_, _) -> now);
      default -> {}
    }
  }

  /** What is claimed and served counts as heard of. */
  private void claimed(StickKey key) {
    var group = groups.get(key);
    if (group != null && serves(group)) {
      touched(key);
    }
  }

  private void touched(StickKey key) {
    if (groups.containsKey(key)) {
      if (!isHeld(key)) {
        heard.remove(key);
      }
      heard.put(key, now);
    }
  }

  private void released(StickKey key, int holder) {
    var left = holders.get(key);
    if (left != null && left.remove(holder) && left.isEmpty()) {
      holders.remove(key);
      touched(key);
    }
  }

  /** In which order they become idle is the table's own affair, and so it is asked. */
  private void forgotten(int holder) {
    machine.table().page(0, Integer.MAX_VALUE, Integer.MAX_VALUE, _ -> true).entries().stream()
        .map(entry -> entry.key())
        .forEach(key -> released(key, holder));
  }

  private boolean isHeld(StickKey key) {
    return holders.containsKey(key);
  }

  /** Keys of a group that is no more may stay only where a command has taken out all it may. */
  private void assertSwept(StickCommand command) {
    var orphans = groups.values().stream().filter(group -> machine.group(group) == null).count();
    switch (command) {
      case StickCommand.Govern _, StickCommand.Advance _ -> {
        assertThat(orphans == 0 || swept == machine.atATime()).isTrue();
        left += orphans;
      }
      default -> {}
    }
  }

  private boolean serves(int group) {
    var standing = machine.group(group);
    return standing != null && standing.effective() != GroupState.Disabled;
  }

  private boolean takesKeys(GroupStanding group) {
    return group.effective() == GroupState.Active && group.policy().weight() > 0;
  }

  private void assertTakesKeys(int group) {
    assertThat(machine.group(group)).matches(this::takesKeys);
  }

  private void check(StickCommand command) {
    assertThat(machine.table().size()).isEqualTo(groups.size());
    groups.forEach((key, group) -> {
      assertThat(machine.table().group(key)).as("%s", command).isEqualTo(OptionalInt.of(group));
      assertThat(machine.table().isHeld(key)).isEqualTo(isHeld(key));
    });
    for (var group : machine.table().groups()) {
      assertThat(machine.table().tally(group).keys())
          .isEqualTo(Collections.frequency(groups.values(), group));
    }
    assertSwept(command);
    assertThat(machine.now()).isEqualTo(now);
  }
}
