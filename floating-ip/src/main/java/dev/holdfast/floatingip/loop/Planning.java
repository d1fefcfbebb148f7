package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.plan.Health;
import dev.holdfast.floatingip.plan.KeepReason.AwaitsStability;
import dev.holdfast.floatingip.plan.MoveReason;
import dev.holdfast.floatingip.plan.Observed;
import dev.holdfast.floatingip.plan.Plan;
import dev.holdfast.floatingip.plan.Planner;
import dev.holdfast.floatingip.plan.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Keeps the plan up to date with what is known. */
final class Planning {
  private Planning() {}

  static void review(Turn turn) {
    if (!turn.mayPlan()) {
      return;
    }
    var raw = compute(turn);
    var stableSince = turn.members.stableSince();
    var plan = turn.policy.rebalance().filter(raw.plan(), stableSince, turn.now);
    turn.planned = turn.planned.with(raw, plan);
    revokeUseless(turn, raw.plan());
    plan.untouched()
        .forEach(kept -> {
          if (kept.reason() instanceof AwaitsStability(var until)) {
            turn.wakeAt(until);
          }
        });
    var steps =
        plan.steps().stream().filter(step -> turn.moves.free(step.floatingIp().id())).toList();
    var current = turn.planned.current();
    if (current == null || !targets(current.open(turn.moves::free)).equals(targets(steps))) {
      renew(turn, new Plan(steps, plan.untouched()));
    }
  }

  /** Anew only when something that plans depend on has changed. */
  private static Planned.Computed compute(Turn turn) {
    var observed = projected(turn);
    var policy = turn.policy.planner();
    var known = turn.planned.computed();
    return known != null && known.observed().equals(observed) && known.policy().equals(policy)
        ? known
        : new Planned.Computed(observed, policy, Planner.plan(observed, policy));
  }

  /** As it will be when the moves that are under way have ended well. */
  private static Observed projected(Turn turn) {
    var health = new HashMap<Long, Health>();
    turn.members.servers().forEach((id, member) -> health.put(id, member.health()));
    var ips =
        turn.members.ipList().stream()
            .map(ip -> {
              var moving = turn.moves.underWay().get(ip.id());
              return moving == null || moving.revoked() ? ip : ip.at(moving.move().to());
            })
            .toList();
    return CloudView.observed(turn.members.serverList(), ips, health);
  }

  /** A move whose server has become a bad one meanwhile; one that could be better goes on. */
  private static void revokeUseless(Turn turn, Plan raw) {
    var unwanted = new HashSet<Long>();
    for (var step : raw.steps()) {
      if (!step.reason().isRebalancing()) {
        unwanted.add(step.floatingIp().id());
      }
    }
    turn.moves.underWay().values().stream()
        .filter(one -> !one.revoked())
        .filter(one ->
            unwanted.contains(one.move().floatingIp())
                || !turn.members.servers().containsKey(one.move().to()))
        .map(one -> one.move().floatingIp())
        .sorted()
        .forEach(ip -> GroupMachine.revoke(turn, ip));
  }

  /**
   * What makes a step another one: that an IP has moved meanwhile, or is moved for other reasons.
   */
  private record Target(long floatingIp, OptionalLong from, long to, MoveReason reason) {}

  private static Set<Target> targets(List<Step> steps) {
    var targets = new HashSet<Target>();
    steps.forEach(step ->
        targets.add(
            new Target(step.floatingIp().id(), step.from(), step.to().id(), step.reason())));
    return targets;
  }

  private static void renew(Turn turn, Plan plan) {
    var sequence = turn.planned.sequence() + 1;
    var progress = PlanProgress.begin(sequence, plan, turn.now);
    turn.planned = turn.planned.with(progress);
    if (!plan.steps().isEmpty()) {
      turn.tell(
          new GroupNotice.PlanMade(sequence, progress.id(), plan, turn.policy.apply().mode()));
    }
  }
}
