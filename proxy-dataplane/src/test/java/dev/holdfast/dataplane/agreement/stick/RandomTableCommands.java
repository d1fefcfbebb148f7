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
import dev.holdfast.dataplane.sticky.RandomCommands;
import dev.holdfast.dataplane.sticky.StickCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Commands that a seed makes, as a ledger may get them: early, late, and twice. */
public final class RandomTableCommands {
  private static final int PEERS = 4;

  private final Random random;
  private final RandomCommands commands;
  private long index;
  private long serials;
  private TableCommand before = new SetMembers(Set.of());

  public RandomTableCommands(Random random) {
    this.random = random;
    commands = new RandomCommands(random);
  }

  /**
   * @param head of the ledger that it is for
   */
  public TableCommand next(LedgerHead head) {
    index++;
    if (random.nextInt(20) == 0) {
      return before;
    }
    before = fresh(head);
    return before;
  }

  private TableCommand fresh(LedgerHead head) {
    return switch (random.nextInt(6)) {
      case 0 -> renewal(process(), head);
      case 1 -> random.nextInt(6) == 0 ? new SetMembers(members()) : new Claim(commands.keys());
      case 2 -> random.nextInt(4) == 0 ? new EndLeases(some(head)) : new Claim(commands.keys());
      case 3 -> random.nextInt(9) == 0 ? new Reign(process()) : new Claim(commands.keys());
      default -> of(commands.next(), head);
    };
  }

  private TableCommand of(StickCommand command, LedgerHead head) {
    var leader = head.leader() == null ? process() : head.leader();
    return switch (command) {
      case StickCommand.Govern next -> new Govern(random.nextInt(3), next, Map.of());
      case StickCommand.Claim(var keys) -> new Claim(keys);
      case StickCommand.Activity(var holder, var opened, var closed, var touched) ->
          new Hear(process(), serial(), opened, closed, touched);
      case StickCommand.Wish wish -> new Ask(process(), serial(), wish);
      case StickCommand.Advance(var now) -> new Rule(leader, head.ruled(), now, Map.of());
      case StickCommand.Judge(var group, var failing) ->
          new Rule(leader, head.ruled(), head.now(), Map.of(group, failing));
      case StickCommand.Forget _, StickCommand.Refresh _ -> new Reign(process());
    };
  }

  private RenewLease renewal(Incarnation holder, LedgerHead head) {
    var after = random.nextInt(9) == 0 ? null : head.processes().get(holder.member());
    return new RenewLease(holder, after, serial(), Math.max(0, index - random.nextInt(20)));
  }

  private long serial() {
    return ++serials;
  }

  private Incarnation process() {
    var peer = new MemberId("m" + random.nextInt(PEERS), 0);
    return new Incarnation(peer, random.nextInt(20) == 0 ? 2 : 1);
  }

  private Set<MemberId> members() {
    var members = new TreeSet<MemberId>();
    for (int peer = 0; peer < PEERS; peer++) {
      if (random.nextInt(5) > 0) {
        members.add(new MemberId("m" + peer, 0));
      }
    }
    return members;
  }

  private Map<MemberId, TableLease> some(LedgerHead head) {
    var some = new HashMap<>(head.leases());
    some.keySet().removeIf(_ -> random.nextBoolean());
    return some;
  }
}
