package dev.holdfast.dataplane.runtime.resource;

import dev.holdfast.api.dataplane.DataPlaneStatus;
import dev.holdfast.api.dataplane.StickyBalancerReport;
import dev.holdfast.dataplane.hooks.HookRunner;
import dev.holdfast.dataplane.relay.access.AccessLog;
import dev.holdfast.dataplane.relay.transport.Transport;
import dev.holdfast.dataplane.runtime.replica.ReplicaOpener;
import dev.holdfast.dataplane.state.PrimaryStore;
import dev.holdfast.dataplane.state.TableStore;
import dev.holdfast.dataplane.status.LiveStatusBoard;
import dev.holdfast.health.probe.DecisionLoop;
import dev.holdfast.health.probe.Probers;
import java.util.random.RandomGenerator;

/** What all resources of a data plane share. */
public record Surroundings(
    String instance,
    DecisionLoop decisions,
    Transport transport,
    Probers probers,
    RandomGenerator random,
    HookRunner hooks,
    PrimaryStore store,
    TableStore tables,
    LiveStatusBoard<DataPlaneStatus> board,
    LiveStatusBoard<StickyBalancerReport> balancers,
    AccessLog accessLog,
    ReplicaOpener replicas) {}
