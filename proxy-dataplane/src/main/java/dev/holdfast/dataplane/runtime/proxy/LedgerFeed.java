package dev.holdfast.dataplane.runtime.proxy;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import dev.holdfast.dataplane.agreement.member.MemberEvent;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Passes on what the log applies. It keeps a ledger of its own, so that a snapshot holds exactly
 * what was applied when the log asks for it, however far whoever listens has come.
 */
final class LedgerFeed implements ReplicatedLog.Applier<Command, Ledger> {
  private final Consumer<MemberEvent> listener;
  private Ledger ledger = Ledger.empty();

  /**
   * @param listener called on the log's thread, in the log's order
   */
  LedgerFeed(Consumer<MemberEvent> listener) {
    this.listener = listener;
  }

  @Override
  public void apply(long index, Command command) {
    ledger = ledger.apply(index, command);
    listener.accept(new MemberEvent.Applied(index, command));
  }

  @Override
  public Ledger snapshot() {
    return ledger;
  }

  @Override
  public void install(long index, Ledger snapshot) {
    ledger = snapshot;
    listener.accept(new MemberEvent.Installed(snapshot));
  }

  @Override
  public void leads(boolean leading) {
    listener.accept(new MemberEvent.Leads(leading));
  }

  @Override
  public void membersChanged(Set<MemberId> members) {
    listener.accept(new MemberEvent.MembersChanged(members));
  }
}
