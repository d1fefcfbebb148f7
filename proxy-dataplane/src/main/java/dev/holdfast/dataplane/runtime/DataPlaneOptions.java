package dev.holdfast.dataplane.runtime;

import dev.holdfast.dataplane.relay.transport.Transport;
import dev.holdfast.dataplane.runtime.replica.AgreementOptions;
import dev.holdfast.dataplane.state.PrimaryStore;
import dev.holdfast.dataplane.state.TableStore;
import dev.holdfast.health.reference.References;
import org.jspecify.annotations.Nullable;

/**
 * How a data plane runs, whatever its resources are.
 *
 * @param instance what status and metrics call this process: the pod's name, or the host's
 * @param eventLoops threads that move bytes; 0 means one per processor
 * @param accessLog whether each connection is told at its end
 * @param references where Secrets and ConfigMaps are read that resources refer to
 * @param store where primaries are written down; closed with the data plane
 * @param tables where stick tables are written down; closed with the data plane
 * @param transport how bytes are moved
 * @param agreement null when no resource can agree with peers
 */
public record DataPlaneOptions(
    String instance,
    int eventLoops,
    boolean accessLog,
    References references,
    PrimaryStore store,
    TableStore tables,
    Transport.Choice transport,
    @Nullable AgreementOptions agreement) {

  public DataPlaneOptions {
    if (eventLoops < 0) {
      throw new IllegalArgumentException("eventLoops must be 0 or more, found " + eventLoops);
    }
  }

  public static DataPlaneOptions of(String instance) {
    return new DataPlaneOptions(
        instance,
        0,
        false,
        References.none(),
        PrimaryStore.none(),
        TableStore.none(),
        Transport.Choice.Auto,
        null);
  }

  public DataPlaneOptions withAccessLog(boolean on) {
    return new DataPlaneOptions(
        instance, eventLoops, on, references, store, tables, transport, agreement);
  }

  public DataPlaneOptions withEventLoops(int threads) {
    return new DataPlaneOptions(
        instance, threads, accessLog, references, store, tables, transport, agreement);
  }

  public DataPlaneOptions withReferences(References newReferences) {
    return new DataPlaneOptions(
        instance, eventLoops, accessLog, newReferences, store, tables, transport, agreement);
  }

  public DataPlaneOptions withStore(PrimaryStore newStore) {
    return new DataPlaneOptions(
        instance, eventLoops, accessLog, references, newStore, tables, transport, agreement);
  }

  public DataPlaneOptions withTables(TableStore newTables) {
    return new DataPlaneOptions(
        instance, eventLoops, accessLog, references, store, newTables, transport, agreement);
  }

  public DataPlaneOptions withTransport(Transport.Choice choice) {
    return new DataPlaneOptions(
        instance, eventLoops, accessLog, references, store, tables, choice, agreement);
  }

  public DataPlaneOptions withAgreement(AgreementOptions newAgreement) {
    return new DataPlaneOptions(
        instance, eventLoops, accessLog, references, store, tables, transport, newAgreement);
  }
}
