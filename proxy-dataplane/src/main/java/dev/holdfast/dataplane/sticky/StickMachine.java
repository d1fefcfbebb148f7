package dev.holdfast.dataplane.sticky;

import dev.holdfast.dataplane.sticky.StickEvent.End;
import dev.holdfast.dataplane.sticky.StickEvent.Refusal;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.StickTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which group each key belongs to. One thread applies commands; any thread may ask the
 * table for a key's group.
 *
 * <ul>
 *   <li>A key has one group, whatever ports its clients use.
 *   <li>A group that drains keeps the keys it has and gets none.
 *   <li>A group that is disabled keeps its keys until they are claimed anew, and then loses them if
 *       another group takes keys.
 *   <li>A key with connections neither expires nor makes room for another.
 * </ul>
 */
public final class StickMachine {
  /** Entries that one command takes out because their time is over, or there is less room. */
  public static final int MOST_AT_A_TIME = 5_000;

  private final StickTable table;
  private final TreeMap<Integer, GroupStanding> groups = new TreeMap<>();
  private final GroupChoice choice;
  private Balance balance = Balance.LeastKeys;
  private int expireAfter = Integer.MAX_VALUE / 2;
  private int maxEntries;
  private int now;

  /**
   * @param maxEntries until it is told otherwise
   * @param secret drawn anew by each process
   */
  public StickMachine(int maxEntries, long secret) {
    table = new StickTable(maxEntries, secret);
    choice = new GroupChoice(Map.of());
    this.maxEntries = maxEntries;
  }

  /** Goes on where the other machine was; by its configuration, which comes next, as well. */
  public StickMachine(MachineImage image, long secret) {
    table = new StickTable(image.table(), Integer.MAX_VALUE, secret);
    choice = new GroupChoice(image.turns());
    image.groups().forEach(group -> groups.put(group.id(), group));
    maxEntries = Integer.MAX_VALUE;
    now = image.now();
  }

  public MachineImage image() {
    return new MachineImage(now, List.copyOf(groups.values()), choice.turns(), table.image());
  }

  /** In seconds, as the commands told them. */
  public int now() {
    return now;
  }

  /** In seconds. */
  public int expireAfter() {
    return expireAfter;
  }

  /** To ask; who writes to it breaks this machine. */
  public StickTable table() {
    return table;
  }

  /** In the order of their ids. */
  public Collection<GroupStanding> groups() {
    return List.copyOf(groups.values());
  }

  public List<StickEvent> apply(StickCommand command) {
    var events = new ArrayList<StickEvent>();
    switch (command) {
      case StickCommand.Govern next -> govern(next, events);
      case StickCommand.Claim(var keys) -> keys.forEach(key -> claim(key, events));
      case StickCommand.Activity activity -> hear(activity);
      case StickCommand.Forget(var holder) -> table.releaseAll(holder, now);
      case StickCommand.Refresh() -> table.touchAll(now);
      case StickCommand.Advance(var next) -> advance(next, events);
      case StickCommand.Remove(var key) -> remove(key, events);
      case StickCommand.Change(var group, var state) ->
          step(group, standing -> standing.changed(state, now), events);
      case StickCommand.Report(var group, var report) ->
          step(group, standing -> standing.reported(report, now), events);
      case StickCommand.Judge(var group, var failing) ->
          step(group, standing -> standing.judged(failing, now), events);
    }
    return events;
  }

  private void govern(StickCommand.Govern next, List<StickEvent> events) {
    balance = next.balance();
    expireAfter = next.expireAfter();
    maxEntries = next.maxEntries();
    table.limit(maxEntries);
    var ids = next.groups().stream().map(GroupPolicy::id).toList();
    groups.keySet().retainAll(ids);
    choice.retain(ids);
    for (var policy : next.groups()) {
      groups.computeIfAbsent(policy.id(), _ -> GroupStanding.initial(policy, now));
      step(policy.id(), standing -> standing.with(policy, now), events);
    }
    for (var group : table.groups()) {
      if (!groups.containsKey(group)) {
        gone(table.removeAll(group), group, End.GroupRemoved, events);
      }
    }
  }

  private void step(int group, UnaryOperator<GroupStanding> next, List<StickEvent> events) {
    var before = groups.get(group);
    if (before != null) {
      var after = next.apply(before);
      groups.put(group, after);
      if (!after.equals(before)) {
        events.add(new StickEvent.GroupChanged(before, after));
      }
    }
  }

  private void claim(StickKey key, List<StickEvent> events) {
    var known = table.group(key);
    if (known.isPresent() && serves(known.getAsInt())) {
      table.touch(key, now);
      return;
    }
    var chosen = choice.choose(balance, groups.values(), key, table::tally);
    if (chosen.isEmpty()) {
      events.add(new StickEvent.Refused(key, Refusal.NoGroup));
    } else if (known.isPresent()) {
      table.move(key, chosen.get().id());
      table.touch(key, now);
      events.add(new StickEvent.Moved(key, known.getAsInt(), chosen.get().id()));
    } else if (hasRoom(events)) {
      table.add(key, chosen.get().id(), now);
      events.add(new StickEvent.Given(key, chosen.get().id()));
    } else {
      events.add(new StickEvent.Refused(key, Refusal.Full));
    }
  }

  private boolean serves(int group) {
    var standing = groups.get(group);
    return standing != null && standing.effective() != GroupState.Disabled;
  }

  private boolean hasRoom(List<StickEvent> events) {
    for (int gone = 0; table.isFull() && gone < MOST_AT_A_TIME; gone++) {
      if (!evict(events)) {
        return false;
      }
    }
    return !table.isFull();
  }

  private boolean evict(List<StickEvent> events) {
    var evicted = table.evict();
    if (evicted != null) {
      events.add(new StickEvent.Gone(evicted.key(), evicted.group(), End.Evicted));
    }
    return evicted != null;
  }

  private void hear(StickCommand.Activity activity) {
    activity.opened().forEach(key -> table.hold(key, activity.holder()));
    activity.closed().forEach(key -> table.release(key, activity.holder(), now));
    activity.touched().forEach(key -> table.touch(key, now));
  }

  private void advance(int next, List<StickEvent> events) {
    now = Math.max(now, next);
    for (var standing : List.copyOf(groups.values())) {
      var report = standing.report();
      if (report != null && report.until() <= now) {
        step(standing.id(), unwell -> unwell.reported(null, now), events);
      }
    }
    for (var entry : table.expire(now - expireAfter, MOST_AT_A_TIME)) {
      events.add(new StickEvent.Gone(entry.key(), entry.group(), End.Expired));
    }
    for (int room = 0; room < MOST_AT_A_TIME && table.size() > maxEntries; room++) {
      if (!evict(events)) {
        break;
      }
    }
  }

  private void remove(StickKey key, List<StickEvent> events) {
    var group = table.group(key);
    if (group.isPresent()) {
      table.remove(key);
      events.add(new StickEvent.Gone(key, group.getAsInt(), End.Removed));
    }
  }

  private static void gone(List<StickKey> keys, int group, End end, List<StickEvent> events) {
    keys.forEach(key -> events.add(new StickEvent.Gone(key, group, end)));
  }

  /** Null for a group that there is not. */
  public @Nullable GroupStanding group(int id) {
    return groups.get(id);
  }
}
