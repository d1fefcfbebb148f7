package dev.holdfast.dataplane.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dataplane.agreement.ledger.Command;
import dev.holdfast.dataplane.agreement.ledger.Ledger;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process's end of the modelled log. */
final class MemberLog implements ReplicatedLog<Command, Ledger> {
  private static final int FAR_BEHIND = 8;

  private final LogModel model;
  private final MemberId member;
  private @Nullable Applier<Command, Ledger> process;
  private long delivered;
  private long saved;
  private Ledger disk = Ledger.empty();
  private boolean leading;

  MemberLog(LogModel model, MemberId member, @Nullable MemberLog before) {
    this.model = model;
    this.member = member;
    if (before != null) {
      saved = before.saved;
      disk = before.disk;
      delivered = saved;
    }
  }

  /** What the newest snapshot on the member's disk holds. */
  Ledger disk() {
    return disk;
  }

  boolean leading() {
    return leading;
  }

  void leads(boolean next) {
    if (process != null) {
      leading = next;
      process.leads(next);
    }
  }

  void membersChanged() {
    if (process != null) {
      process.membersChanged(model.members());
    }
  }

  /** Applies all that is new; one who is far behind may be sent a snapshot. */
  void catchUp() {
    if (process == null) {
      return;
    }
    var newest = model.newest();
    if (newest - delivered > FAR_BEHIND && model.random().nextBoolean()) {
      delivered = newest;
      process.install(newest, model.ledger(newest));
    }
    while (delivered < newest) {
      delivered++;
      process.apply(delivered, model.command(delivered));
    }
    if (model.random().nextInt(8) == 0) {
      saved = delivered;
      disk = process.snapshot();
      assertThat(disk).as("the ledger of %s at %d", member, saved).isEqualTo(model.ledger(saved));
    }
  }

  @Override
  public CompletionStage<Long> propose(Command command) {
    var answer = new CompletableFuture<Long>();
    model.propose(member, command, answer);
    return answer;
  }

  @Override
  public CompletionStage<Long> read() {
    if (model.leader() == null) {
      return CompletableFuture.failedStage(new TimeoutException("no leader"));
    }
    model.deliver(member);
    return CompletableFuture.completedStage(delivered);
  }

  @Override
  public void onApply(Applier<Command, Ledger> applier) {
    process = applier;
  }

  @Override
  public Optional<MemberId> leader() {
    return Optional.ofNullable(model.leader());
  }

  @Override
  public Set<MemberId> members() {
    return model.members();
  }

  @Override
  public CompletionStage<Void> change(Set<MemberId> members) {
    var answer = new CompletableFuture<Void>();
    model.change(members, answer);
    return answer;
  }

  @Override
  public void close() {
    process = null;
    leading = false;
  }
}
