package dev.holdfast.dataplane.agreement.replica;

import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.stick.LedgerImage;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.wire.Codec;
import dev.holdfast.dataplane.agreement.wire.CommandCodec;
import dev.holdfast.dataplane.agreement.wire.LedgerCodec;
import dev.holdfast.dataplane.agreement.wire.LedgerImageCodec;
import dev.holdfast.dataplane.agreement.wire.TableCommandCodec;

/**
 * How the bytes look by which replicas of one kind of resource agree.
 *
 * @param <C> commands in the log
 * @param <S> what they amount to, in snapshots
 * @param <M> what is told beside the log
 * @param kind of the resource
 */
public record WireFormat<C, S, M extends ReplicaMessage>(
    String kind, Codec<C> commands, Codec<S> states, Codec<M> messages) {

  public static WireFormat<TableCommand, LedgerImage, StickMessage> ofBalancers() {
    return new WireFormat<>(
        "StickyBalancer",
        new TableCommandCodec(),
        new LedgerImageCodec(),
        StickMessageCodec.codec());
  }

  public static WireFormat<Command, Ledger, ProxyMessage> ofProxies() {
    return new WireFormat<>(
        "FailoverProxy", new CommandCodec(), new LedgerCodec(), ProxyMessageCodec.codec());
  }
}
