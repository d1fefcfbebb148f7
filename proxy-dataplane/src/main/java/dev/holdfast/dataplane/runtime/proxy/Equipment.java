package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.relay.RelayServer;
import dev.holdfast.dataplane.runtime.resource.Surroundings;

/**
 * What a decider works with.
 *
 * @param publish called when there is something new to tell
 * @param hearFailuresAgain lets the relay tell of an epoch's failed connects that it told of before
 */
record Equipment(
    Surroundings around,
    RelayServer relay,
    CandidateProbe prober,
    ProxyMetrics metrics,
    Runnable publish,
    Runnable hearFailuresAgain) {}
