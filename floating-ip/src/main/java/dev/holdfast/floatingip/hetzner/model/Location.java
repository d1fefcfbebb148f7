package dev.holdfast.floatingip.hetzner.model;

/**
 * Where servers stand and floating IPs are at home.
 *
 * @param networkZone the locations between which an IP may move without crossing an ocean
 */
public record Location(long id, String name, String networkZone) {}
