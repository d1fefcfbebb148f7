package dev.holdfast.floatingip.plan;

/**
 * How plans are computed.
 *
 * @param applyWithUnknownHealth whether a server of unknown health counts as not healthy; otherwise
 *     it keeps its IPs and gains none
 */
public record PlannerPolicy(
    Strategy strategy, WhenAllUnhealthy whenAllUnhealthy, boolean applyWithUnknownHealth) {}
