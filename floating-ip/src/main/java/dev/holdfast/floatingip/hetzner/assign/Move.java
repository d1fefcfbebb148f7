package dev.holdfast.floatingip.hetzner.assign;

import org.jspecify.annotations.Nullable;

/**
 * One step of a plan.
 *
 * @param from the server that the plan saw; null when there was none. An IP that is elsewhere by
 *     now is somebody else's
 */
public record Move(long floatingIp, @Nullable Long from, long to) {}
