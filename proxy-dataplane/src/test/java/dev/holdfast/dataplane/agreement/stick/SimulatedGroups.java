package dev.holdfast.dataplane.agreement.stick;

import dev.holdfast.dataplane.agreement.LeaseTerms;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.stick.member.StickMemberPolicy;
import dev.holdfast.dataplane.sticky.Balance;
import dev.holdfast.dataplane.sticky.GroupPolicy;
import dev.holdfast.dataplane.sticky.GroupStanding.SelfReport;
import dev.holdfast.dataplane.sticky.GroupState;
import dev.holdfast.dataplane.sticky.Keys;
import dev.holdfast.dataplane.sticky.StickCommand;
import dev.holdfast.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Groups, what configurations and people say of them, and who finds their servers well. */
final class SimulatedGroups {
  private static final int GROUPS = 3;
  static final int KEYS = 24;
  private static final Duration VERDICT_AGE = Duration.ofSeconds(4);

  private record Fault(MemberId seenBy, int group) {}

  private final Random random;
  private final Set<Integer> down = new HashSet<>();
  private final Set<Fault> faults = new HashSet<>();

  SimulatedGroups(Random random) {
    this.random = random;
  }

  StickMemberPolicy policy(LeaseTerms terms) {
    return new StickMemberPolicy(terms, 1, configuration(), checks(), VERDICT_AGE);
  }

  StickMemberPolicy changed(StickMemberPolicy before) {
    return new StickMemberPolicy(
        before.terms(), before.generation() + 1, configuration(), checks(), VERDICT_AGE);
  }

  /** All groups serve everybody, and there is room. */
  StickMemberPolicy settled(StickMemberPolicy before) {
    down.clear();
    faults.clear();
    var policies =
        IntStream.rangeClosed(1, GROUPS)
            .mapToObj(id -> new GroupPolicy(id, "group-" + id, GroupState.Active, 1))
            .toList();
    var configuration = new StickCommand.Govern(policies, Balance.LeastKeys, 4, 1_000);
    return new StickMemberPolicy(
        before.terms(), before.generation() + 1, configuration, checks(), VERDICT_AGE);
  }

  /** What undoes all that people have wished for. */
  List<StickCommand.Wish> unchanged() {
    return IntStream.rangeClosed(1, GROUPS)
        .<StickCommand.Wish>mapToObj(id -> new StickCommand.Change(id, null))
        .toList();
  }

  private StickCommand.Govern configuration() {
    var policies = new ArrayList<GroupPolicy>();
    for (int id = 1; id <= GROUPS; id++) {
      if (random.nextInt(6) > 0) {
        policies.add(new GroupPolicy(id, "group-" + id, state(), 1 + random.nextInt(3)));
      }
    }
    var balance = Balance.values()[random.nextInt(Balance.values().length)];
    return new StickCommand.Govern(
        policies, balance, 2 + random.nextInt(6), 8 + random.nextInt(20));
  }

  private GroupState state() {
    return random.nextInt(3) > 0
        ? GroupState.Active
        : GroupState.values()[random.nextInt(GroupState.values().length)];
  }

  private List<StickMemberPolicy.Check> checks() {
    return IntStream.rangeClosed(1, GROUPS)
        .mapToObj(id ->
            new StickMemberPolicy.Check(
                id, "up", random.nextBoolean() ? GroupState.Draining : GroupState.Disabled))
        .toList();
  }

  StickCommand.Wish wish(int now) {
    int group = 1 + random.nextInt(GROUPS);
    return switch (random.nextInt(3)) {
      case 0 -> new StickCommand.Remove(Keys.key(random.nextInt(KEYS)));
      case 1 -> new StickCommand.Change(group, random.nextBoolean() ? null : state());
      default ->
          new StickCommand.Report(
              group, new SelfReport(GroupState.Disabled, now + 1 + random.nextInt(3), "disk full"));
    };
  }

  /** A server goes down, or comes back, for all or for one. */
  void change(MemberId member) {
    int group = 1 + random.nextInt(GROUPS);
    if (random.nextBoolean()) {
      if (!down.remove(group)) {
        down.add(group);
      }
    } else if (!faults.remove(new Fault(member, group))) {
      faults.add(new Fault(member, group));
    }
  }

  Map<String, Health> verdicts(StickMemberPolicy policy, MemberId voter) {
    var verdicts = new HashMap<String, Health>();
    for (var check : policy.checks()) {
      var ill = down.contains(check.group()) || faults.contains(new Fault(voter, check.group()));
      verdicts.put(check.ballot(), ill ? Health.Unhealthy : Health.Healthy);
    }
    return verdicts;
  }
}
