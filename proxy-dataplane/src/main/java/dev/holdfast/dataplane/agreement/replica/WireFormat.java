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
import java.time.Duration;

/**
 * How the bytes look by which replicas of one kind of resource agree, and how often they do.
 *
 * @param <C> commands in the log
 * @param <S> what they amount to, in snapshots
 * @param <M> what is told beside the log
 * @param kind of the resource
 * @param entriesApart how long after the log's last entry the next one may go, at the earliest
 */
public record WireFormat<C, S, M extends ReplicaMessage>(
    String kind, Codec<C> commands, Codec<S> states, Codec<M> messages, Duration entriesApart) {

  /**
   * A new key waits for half of it. Without it three replicas on one machine were kept busy by
   * rounds.
   */
  private static final Duration KEYS_APART = Duration.ofMillis(8);

  public static WireFormat<TableCommand, LedgerImage, StickMessage> ofBalancers() {
    return new WireFormat<>(
        "StickyBalancer",
        new TableCommandCodec(),
        new LedgerImageCodec(),
        StickMessageCodec.codec(),
        KEYS_APART);
  }

  public static WireFormat<Command, Ledger, ProxyMessage> ofProxies() {
    return new WireFormat<>(
        "FailoverProxy",
        new CommandCodec(),
        new LedgerCodec(),
        ProxyMessageCodec.codec(),
        Duration.ZERO);
  }
}
