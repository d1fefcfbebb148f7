package dev.holdfast.dataplane.runtime.balancer;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.stick.LedgerHead;
import dev.holdfast.dataplane.agreement.stick.LedgerImage;
import dev.holdfast.dataplane.agreement.stick.TableCommand;
import dev.holdfast.dataplane.agreement.stick.TableLedger;
import dev.holdfast.dataplane.sticky.StickEvent;
import dev.holdfast.dataplane.sticky.table.StickKey;
import dev.holdfast.dataplane.sticky.table.StickTable;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Applies the log to the table, on the log's thread: what a command takes from keys is taken from
 * their connections before the next one is applied. Others may ask; who does holds the log up.
 */
final class TableFeed implements ReplicatedLog.Applier<TableCommand, LedgerImage> {

  /** Hears of it on the log's thread, in the log's order. */
  interface Listener {

    /**
     * @param revoked claims of connections here that were revoked by it
     */
    void applied(
        long index, TableCommand command, List<StickEvent> events, LedgerHead head, int revoked);

    /** As if it were all commands that were not seen. */
    void installed(long index, LedgerHead head, int revoked);

    void leads(boolean leading);

    void membersChanged(Set<MemberId> members);
  }

  private final RoutedKeys routed;
  private final long secret;
  private final Listener listener;
  private TableLedger ledger;

  /**
   * @param secret drawn anew by each process
   */
  TableFeed(RoutedKeys routed, long secret, Listener listener) {
    this.routed = routed;
    this.secret = secret;
    this.listener = listener;
    ledger = new TableLedger(secret);
    routed.router().follow(ledger.table());
  }

  @Override
  public synchronized void apply(long index, TableCommand command) {
    var before = ledger.head().groups();
    var events = ledger.apply(index, command);
    if (!ledger.head().groups().equals(before)) {
      routed.gate().follow(ledger.head().groups());
    }
    var revoked = events.stream().mapToInt(routed.live()::follow).sum();
    listener.applied(index, command, events, ledger.head(), revoked);
  }

  @Override
  public synchronized LedgerImage snapshot() {
    return ledger.image();
  }

  @Override
  public synchronized void install(long index, LedgerImage snapshot) {
    ledger = new TableLedger(snapshot, secret);
    routed.router().follow(ledger.table());
    routed.gate().follow(ledger.head().groups());
    var revoked =
        routed
            .live()
            .revokeUnless((key, group) ->
                ledger.table().group(key).equals(group) && routed.gate().serves(group.getAsInt()));
    listener.installed(index, ledger.head(), revoked);
  }

  @Override
  public void leads(boolean leading) {
    listener.leads(leading);
  }

  @Override
  public void membersChanged(Set<MemberId> members) {
    listener.membersChanged(members);
  }

  synchronized LedgerHead head() {
    return ledger.head();
  }

  synchronized void show(StickMetrics metrics) {
    metrics.show(ledger.table(), ledger.head().groups());
  }

  synchronized <T> T read(Function<StickTable, T> question) {
    return question.apply(ledger.table());
  }

  /** Whether connections of this key may be left somewhere that are to be cut. */
  synchronized boolean isFenced(StickKey key) {
    return ledger.isFenced(key);
  }

  /** Whether what this process said under that serial has had effect. */
  synchronized boolean hasHeard(Incarnation from, long serial) {
    return ledger.hasHeard(from, serial);
  }
}
