package dev.holdfast.floatingip.plan;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A floating IP as the provider shows it.
 *
 * @param location its home, where traffic for it takes the shortest way
 * @param index from its label; empty without the label
 * @param server the id of the server it points at, of the group or not; empty when unassigned
 */
public record FloatingIp(
    long id,
    String name,
    String location,
    String networkZone,
    OptionalInt index,
    OptionalLong server) {}
