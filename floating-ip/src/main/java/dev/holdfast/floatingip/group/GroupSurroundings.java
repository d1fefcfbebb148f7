package dev.holdfast.floatingip.group;

import dev.holdfast.floatingip.hetzner.HttpTransport;
import dev.holdfast.floatingip.hetzner.Pacer;
import dev.holdfast.health.probe.Address;
import dev.holdfast.health.probe.CheckKind;
import dev.holdfast.health.probe.Probe;
import dev.holdfast.health.probe.Timers;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * What groups share.
 *
 * @param decisions one thread, on which the timers run too
 * @param pacer tells the same time as the timers
 * @param transport to the provider
 * @param random used on the decision thread only
 */
public record GroupSurroundings(
    Executor decisions,
    Timers timers,
    Pacer pacer,
    HttpTransport transport,
    BiFunction<CheckKind, Address, Probe> probes,
    RandomGenerator random) {}
