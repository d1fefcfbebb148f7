package dev.holdfast.dataplane.config;

import dev.holdfast.health.probe.CheckSettings;

/**
 * A TCP connect, run against every backend.
 *
 * @param port 0 is the backend's own
 */
public record TcpCheck(String name, int port, CheckSettings settings) {}
