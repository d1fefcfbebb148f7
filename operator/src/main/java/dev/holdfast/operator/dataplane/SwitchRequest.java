package dev.holdfast.operator.dataplane;

/**
 * Somebody's wish for another primary.
 *
 * @param to name of a backend, as it was written
 * @param force also when it does not look usable
 */
public record SwitchRequest(String to, boolean force) {}
