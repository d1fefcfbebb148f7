package dev.holdfast.dataplane.config;

import dev.holdfast.health.Health;

/**
 * How a group's health is made of its checks.
 *
 * @param initial what a check counts as until it has a verdict; Unknown: the group takes no new key
 */
public record GroupHealth(Health initial) {}
