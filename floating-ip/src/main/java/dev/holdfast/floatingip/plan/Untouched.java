package dev.holdfast.floatingip.plan;

/** A floating IP that a plan leaves as it is. */
public record Untouched(FloatingIp floatingIp, KeepReason reason) {}
