package dev.holdfast.floatingip.resource;

import dev.holdfast.api.v1alpha1.FloatingIpGroupSpec;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a group.
 *
 * @param name in logs and messages
 * @param paused by the spec or otherwise
 * @param approvedPlan id of the plan that may be applied in mode Approve
 */
public record GroupIntent(
    String name, FloatingIpGroupSpec spec, boolean paused, @Nullable String approvedPlan) {}
