package dev.holdfast.dataplane.agreement;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process's end of the modelled log. */
public final class MemberLog<C, S> implements ReplicatedLog<C, S> {
  private static final int FAR_BEHIND = 8;

  private final LogModel<C, S> model;
  private final MemberId member;
  private @Nullable Applier<C, S> process;
  private long delivered;
  private long saved;
  private S disk;
  private boolean leading;

  MemberLog(LogModel<C, S> model, MemberId member, @Nullable MemberLog<C, S> before) {
    this.model = model;
    this.member = member;
    saved = before == null ? 0 : before.saved;
    disk = before == null ? model.reader().empty() : before.disk;
    delivered = saved;
  }

  /** What the newest snapshot on the member's disk holds. */
  public S disk() {
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
      process.install(newest, model.reader().newest());
    }
    while (delivered < newest) {
      delivered++;
      process.apply(delivered, model.command(delivered));
    }
    if (model.random().nextInt(8) == 0) {
      saved = delivered;
      disk = process.snapshot();
      model.reader().saved(member, disk);
    }
  }

  @Override
  public CompletionStage<Long> propose(C command) {
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
  public void onApply(Applier<C, S> applier) {
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
