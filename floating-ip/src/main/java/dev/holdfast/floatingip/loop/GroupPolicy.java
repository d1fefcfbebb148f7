package dev.holdfast.floatingip.loop;

import dev.holdfast.floatingip.hetzner.model.CallBudget;
import dev.holdfast.floatingip.plan.PlannerPolicy;
import dev.holdfast.floatingip.plan.Rebalance;
import java.time.Duration;

/**
 * How a group is run.
 *
 * @param budget when it is polled
 * @param pollTimeout for one poll, all pages and repetitions
 * @param parallelism moves under way at the same time, from 1
 */
public record GroupPolicy(
    CallBudget budget,
    Duration pollTimeout,
    PlannerPolicy planner,
    Rebalance rebalance,
    ApplyPolicy apply,
    int parallelism) {}
