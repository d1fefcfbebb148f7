package dev.holdfast.dataplane.agreement.stick;

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
import dev.holdfast.dataplane.sticky.GroupStanding;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.StickEvent.Refusal;
import dev.holdfast.dataplane.sticky.StickMachine;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.StickTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of keys as all members agreed on it. The same commands in the same order make the same
 * ledger. One thread applies commands; any thread may ask the table for a key's group, and have a
 * {@link #head}.
 *
 * <p>Law: at no instant has a key live connections to two groups, on whatever replicas.
 *
 * <p>A key is <em>taken away</em> from its group at an index j: it expires, makes room, is removed,
 * or the group is removed or becomes Disabled. At i, later than the newest such j, it is given to
 * another group. Who could have a connection of it to the one before, once i is committed?
 *
 * <ol>
 *   <li>A process acts only under a lease, and on that only from when it has applied its renewal,
 *       which stands at some r. So what it acts on is as new as r.
 *   <li>A process that has applied j has revoked what j took away before it applied anything newer,
 *       and finds no way to open it again: from j to i the key has no group, or one that serves
 *       nobody. So it would be a process that has not applied j, under a lease with r below j.
 *   <li>A key is not given away before some index p, between j and i, at which every lease in the
 *       ledger says that its holder has cut what was taken away up to j. The lease of 2. was in the
 *       ledger before j. At p, it or a newer one of the same process says so: then its holder had
 *       applied j. Or it has ended, which is committed only when it is over by its holder's clock
 *       as well ({@link dev.holdfast.dataplane.agreement.LeaseTerms}), by which every turn of bytes
 *       asks.
 *   <li>Who gets a lease after p acts on what is newer than p, by 1.
 * </ol>
 *
 * <p>A process that stands for its member anew has nothing of the connections of the one before it,
 * which has died. A request of the dead one that comes late names an index that had been applied
 * before the living one's first lease was granted, and by 1. that one never acted on less.
 */
public final class TableLedger {
  private final StickMachine machine;
  private final Holders holders;
  private final Fences fences;
  private Set<MemberId> members = Set.of();
  private long index;
  private long generation;
  private StickCommand.@Nullable Govern configuration;
  private @Nullable Incarnation leader;
  private long ruled;
  private boolean overdue;
  private long fence;
  private volatile LedgerHead head;

  /**
   * An empty one.
   *
   * @param secret drawn anew by each process
   */
  public TableLedger(long secret) {
    this(secret, Bounds.USUAL);
  }

  /**
   * @param atATime entries that one command takes out for each cause, at most
   * @param fences keys that are known to be fenced, at most
   */
  record Bounds(int atATime, int fences) {
    static final Bounds USUAL = new Bounds(StickMachine.USUALLY_AT_A_TIME, Fences.MOST_KEYS);
  }

  TableLedger(long secret, Bounds bounds) {
    machine = new StickMachine(1, secret, bounds.atATime());
    holders = new Holders(Map.of(), Map.of());
    fences = new Fences(bounds.fences());
    head = makeHead();
  }

  /**
   * Goes on where the other ledger was.
   *
   * @param image belongs to this ledger from now on
   */
  public TableLedger(LedgerImage image, long secret) {
    this(image, secret, Bounds.USUAL);
  }

  TableLedger(LedgerImage image, long secret, Bounds bounds) {
    var was = image.head();
    machine = new StickMachine(image.machine(), secret, bounds.atATime());
    holders = new Holders(was.leases(), image.lanes());
    fences = new Fences(image.fences(), bounds.fences());
    members = was.members();
    index = image.index();
    generation = was.generation();
    configuration = was.configuration();
    leader = was.leader();
    ruled = was.ruled();
    overdue = was.overdue();
    fence = was.fence();
    if (configuration != null) {
      machine.resume(configuration);
    }
    head = makeHead();
  }

  /** Takes some milliseconds for a million keys. */
  public LedgerImage image() {
    return new LedgerImage(index, head, holders.lanes(), fences.image(), machine.image());
  }

  private LedgerHead makeHead() {
    return new LedgerHead(
        members,
        holders.leases(),
        holders.processes(),
        generation,
        configuration,
        leader,
        ruled,
        machine.now(),
        overdue,
        fence,
        List.copyOf(machine.groups()));
  }

  /** The same object as long as nothing in it has changed. */
  public LedgerHead head() {
    return head;
  }

  /** Of the newest command. */
  public long index() {
    return index;
  }

  /** To ask; who writes to it breaks this ledger. */
  public StickTable table() {
    return machine.table();
  }

  /** Whether what this process said under that serial has had effect. */
  public boolean hasHeard(Incarnation from, long serial) {
    return holders.hasHeard(from, serial);
  }

  /** Whether a claim of this key would be refused because connections of it may not be cut yet. */
  public boolean isFenced(StickKey key) {
    var group = machine.table().group(key);
    return group.isEmpty()
        ? fences.stand(key)
        : servesNobody(group.getAsInt()) && fences.stand(group.getAsInt());
  }

  private boolean servesNobody(int group) {
    var standing = machine.group(group);
    return standing == null || standing.effective() == GroupState.Disabled;
  }

  /**
   * @param at the command's index in the log; from 1, and higher than that of any command before
   */
  public List<StickEvent> apply(long at, TableCommand command) {
    index = at;
    return switch (command) {
      case Claim(var keys) -> claim(keys);
      case Hear hear -> hear(hear);
      case SetMembers(var next) -> settled(setMembers(next));
      case RenewLease renewal -> settled(renew(renewal));
      case EndLeases(var ended) -> settled(endLeases(ended));
      case Govern govern -> settled(govern(govern));
      case Ask ask -> settled(ask(ask));
      case Reign(var next) -> settled(reign(next));
      case Rule rule -> settled(rule(rule));
    };
  }

  private List<StickEvent> settled(List<StickEvent> events) {
    var next = makeHead();
    head = next.equals(head) ? head : next;
    return events;
  }

  /** One after the other: the first may make room by taking out the second. */
  private List<StickEvent> claim(List<StickKey> keys) {
    var events = new ArrayList<StickEvent>();
    for (var key : keys) {
      if (isFenced(key)) {
        events.add(new StickEvent.Refused(key, Refusal.Fenced));
      } else {
        events.addAll(decide(new StickCommand.Claim(List.of(key))));
      }
    }
    return events;
  }

  private List<StickEvent> hear(Hear hear) {
    var holder = holders.hear(hear.from(), hear.serial());
    return holder.isEmpty()
        ? List.of()
        : decide(
            new StickCommand.Activity(
                holder.getAsInt(), hear.opened(), hear.closed(), hear.touched()));
  }

  private List<StickEvent> ask(Ask ask) {
    return holders.hear(ask.from(), ask.serial()).isEmpty() ? List.of() : decide(ask.wish());
  }

  private List<StickEvent> setMembers(Set<MemberId> next) {
    members = next;
    holders.retain(members);
    return List.of();
  }

  private List<StickEvent> renew(RenewLease renewal) {
    return members.contains(renewal.holder().member()) ? forget(holders.renew(renewal)) : List.of();
  }

  private List<StickEvent> endLeases(Map<MemberId, TableLease> ended) {
    var events = new ArrayList<StickEvent>();
    for (var lease : new TreeMap<>(ended).entrySet()) {
      events.addAll(forget(holders.end(lease.getKey(), lease.getValue())));
    }
    holders.retain(members);
    return events;
  }

  private List<StickEvent> forget(OptionalInt holder) {
    fences.pass(holders.cut());
    return holder.isEmpty() ? List.of() : decide(new StickCommand.Forget(holder.getAsInt()));
  }

  private List<StickEvent> govern(Govern govern) {
    if (govern.generation() < generation) {
      return List.of();
    }
    generation = govern.generation();
    configuration = govern.configuration();
    var known = machine.groups().stream().map(GroupStanding::id).collect(Collectors.toSet());
    var events = new ArrayList<>(decide(govern.configuration()));
    govern.unproven().entrySet().stream()
        .filter(group -> !known.contains(group.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(group ->
            events.addAll(decide(new StickCommand.Judge(group.getKey(), group.getValue()))));
    return events;
  }

  private List<StickEvent> reign(Incarnation next) {
    if (next.equals(leader)) {
      return List.of();
    }
    leader = next;
    ruled = index;
    return decide(new StickCommand.Refresh());
  }

  private List<StickEvent> rule(Rule rule) {
    if (!rule.leader().equals(leader) || rule.after() != ruled) {
      return List.of();
    }
    ruled = index;
    var events = new ArrayList<>(decide(new StickCommand.Advance(rule.now())));
    overdue = events.size() >= machine.atATime();
    new TreeMap<>(rule.failing())
        .forEach((group, failing) -> events.addAll(decide(new StickCommand.Judge(group, failing))));
    return events;
  }

  private List<StickEvent> decide(StickCommand command) {
    var events = machine.apply(command);
    events.forEach(this::fence);
    return events;
  }

  /** Where nobody has a lease nobody has a connection. */
  private void fence(StickEvent event) {
    if (holders.isEmpty()) {
      return;
    }
    switch (event) {
      case StickEvent.Gone(var key, var group, var end) -> {
        fences.raise(key, index);
        switch (end) {
          case Expired, Evicted, GroupRemoved -> {}
          case Removed -> fence = index;
        }
      }
      case StickEvent.GroupGone(var was) -> {
        fences.raise(was.id(), index);
        fence = index;
      }
      case StickEvent.GroupChanged(var before, var now)
          when before.effective() != GroupState.Disabled
              && now.effective() == GroupState.Disabled -> {
        fences.raise(now.id(), index);
        fence = index;
      }
      case StickEvent.GroupChanged _,
          StickEvent.Given _,
          StickEvent.Moved _,
          StickEvent.Refused _ -> {}
    }
  }
}
