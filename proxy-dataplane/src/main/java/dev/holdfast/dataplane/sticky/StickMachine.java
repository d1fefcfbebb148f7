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
 *   <li>A group that is configured no more serves nobody; its keys are taken out, some at a time.
 *   <li>A key with connections neither expires nor makes room for another.
 * </ul>
 */
public final class StickMachine {
  /** Takes some milliseconds. */
  public static final int USUALLY_AT_A_TIME = 5_000;

  private final StickTable table;
  private final TreeMap<Integer, GroupStanding> groups = new TreeMap<>();
  private final GroupChoice choice;
  private final int atATime;
  private Balance balance = Balance.LeastKeys;
  private int expireAfter = Integer.MAX_VALUE / 2;
  private int maxEntries;
  private int now;

  public StickMachine(int maxEntries, long secret) {
    this(maxEntries, secret, USUALLY_AT_A_TIME);
  }

  /**
   * @param maxEntries until it is told otherwise
   * @param secret drawn anew by each process
   * @param atATime entries that one command takes out because their time is over, at most; as many
   *     for want of room, and as many because their group is no more
   */
  public StickMachine(int maxEntries, long secret, int atATime) {
    table = new StickTable(maxEntries, secret);
    choice = new GroupChoice(Map.of());
    this.maxEntries = maxEntries;
    this.atATime = atATime;
  }

  public StickMachine(MachineImage image, long secret) {
    this(image, secret, USUALLY_AT_A_TIME);
  }

  /** Goes on where the other machine was; its configuration comes next, or is resumed. */
  public StickMachine(MachineImage image, long secret, int atATime) {
    this.atATime = atATime;
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

  /** A command that takes out so many may have left others, which the next one takes out. */
  public int atATime() {
    return atATime;
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

  /** Goes on by the configuration that it had when its image was made; nothing happens. */
  public void resume(StickCommand.Govern same) {
    balance = same.balance();
    expireAfter = same.expireAfter();
    maxEntries = same.maxEntries();
    table.limit(maxEntries);
  }

  private void govern(StickCommand.Govern next, List<StickEvent> events) {
    resume(next);
    var ids = next.groups().stream().map(GroupPolicy::id).toList();
    for (var group : List.copyOf(groups.values())) {
      if (!ids.contains(group.id())) {
        groups.remove(group.id());
        events.add(new StickEvent.GroupGone(group));
      }
    }
    choice.retain(ids);
    for (var policy : next.groups()) {
      groups.computeIfAbsent(policy.id(), _ -> GroupStanding.initial(policy, now));
      step(policy.id(), standing -> standing.with(policy, now), events);
    }
    sweep(events);
  }

  /** Takes out keys whose group is no more. */
  private void sweep(List<StickEvent> events) {
    int left = atATime;
    for (var group : table.groups()) {
      if (left > 0 && !groups.containsKey(group)) {
        var swept = table.remove(group, left);
        swept.forEach(key -> events.add(new StickEvent.Gone(key, group, End.GroupRemoved)));
        left -= swept.size();
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
    for (int gone = 0; table.isFull() && gone < atATime; gone++) {
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
    for (var entry : table.expire(now - expireAfter, atATime)) {
      events.add(new StickEvent.Gone(entry.key(), entry.group(), End.Expired));
    }
    for (int room = 0; room < atATime && table.size() > maxEntries; room++) {
      if (!evict(events)) {
        break;
      }
    }
    sweep(events);
  }

  private void remove(StickKey key, List<StickEvent> events) {
    var group = table.group(key);
    if (group.isPresent()) {
      table.remove(key);
      events.add(new StickEvent.Gone(key, group.getAsInt(), End.Removed));
    }
  }

  /** Null for a group that there is not. */
  public @Nullable GroupStanding group(int id) {
    return groups.get(id);
  }
}
