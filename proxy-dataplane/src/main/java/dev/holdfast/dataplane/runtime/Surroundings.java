package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.relay.access.AccessLog;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.health.probe.Probers;
import io.netty.channel.EventLoopGroup;
import java.util.random.RandomGenerator;

/** What all resources of a data plane share. */
record Surroundings(
    String instance,
    DecisionLoop decisions,
    EventLoopGroup loops,
    Probers probers,
    RandomGenerator random,
    LiveStatusBoard board,
    AccessLog accessLog) {}
