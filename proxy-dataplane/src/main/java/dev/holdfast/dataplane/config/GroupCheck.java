package dev.holdfast.dataplane.config;

import dev.holdfast.dataplane.sticky.GroupState;

/**
 * A check of a group: of each of its servers.
 *
 * @param onFail what the group may be at most while it fails; Active: it is only reported
 */
public record GroupCheck(HealthCheck check, GroupState onFail) {}
