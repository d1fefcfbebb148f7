package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog.Applier;
import dev.holdfast.dataplane.agreement.wire.Codec;
import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/** Between the library and the applier: what is committed goes up, snapshots go down. */
final class Replica<C, S> extends BaseStateMachine {

  /**
   * @param patience how long the applier may take to copy what it has for a snapshot
   * @param leads whether this member leads right now
   * @param leader is told who leads from now on, on the library's thread
   * @param stopped is told why this member cannot go on; called once or more
   */
  record Wiring<C, S>(
      Codec<C> commands,
      Codec<S> states,
      Callbacks<C, S> callbacks,
      AppliedIndex applied,
      Followers followers,
      Duration patience,
      BooleanSupplier leads,
      Consumer<MemberId> leader,
      Consumer<IOException> stopped) {}

  private static final Duration LAST_WRITE = Duration.ofSeconds(30);

  private final Wiring<C, S> wiring;
  private final Snapshots<S> snapshots;
  private final SnapshotWriter writer;

  /** The newest entry of the snapshot that this member goes on from. */
  private volatile long installed = SnapshotWriter.NONE;

  private volatile LogEntryProto membersEntry = LogEntryProto.getDefaultInstance();
  // Only on the applier's thread.
  private @Nullable Set<MemberId> members;
  private boolean leading;

  Replica(Wiring<C, S> wiring) {
    this.wiring = wiring;
    writer =
        new SnapshotWriter(
            e -> stop(new LogUnavailable("cannot take a snapshot; see the disk and its room", e)));
    snapshots = new Snapshots<>(wiring.states, writer::isWriting);
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage disk)
      throws IOException {
    super.initialize(server, group, disk);
    snapshots.init(disk);
    load();
    getLifeCycle().startAndTransition(() -> {});
  }

  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public void reinitialize() throws IOException {
    load();
    getLifeCycle().transition(LifeCycle.State.STARTING);
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  private void load() throws IOException {
    try {
      snapshots.latest().ifPresent(this::install);
    } catch (LogDamaged e) {
      throw stop(e);
    }
  }

  private void install(Snapshots.Snapshot<S> snapshot) {
    var entry = snapshot.last().getIndex();
    installed = entry;
    setLastAppliedTermIndex(snapshot.last());
    wiring.callbacks.call(applier -> {
      applier.install(CommandIndex.last(entry), snapshot.state());
      wiring.applied.reached(entry);
      return true;
    });
    tellMembers(snapshot.members());
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return snapshots.storage();
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    wiring.followers.committed();
    var entry = transaction.getLogEntry();
    var index = entry.getIndex();
    List<C> commands;
    try {
      commands = commands(entry);
    } catch (UnreadableException e) {
      return CompletableFuture.failedFuture(
          stop(new LogUnavailable("entry %d: %s".formatted(index, e.getMessage()), e)));
    }
    updateLastAppliedTermIndex(entry.getTerm(), index);
    return wiring.callbacks.call(applier -> {
      for (var place = 0; place < commands.size(); place++) {
        applier.apply(CommandIndex.of(index, place), commands.get(place));
      }
      wiring.applied.reached(index);
      return Message.EMPTY;
    });
  }

  private List<C> commands(LogEntryProto entry) throws UnreadableException {
    var bytes = entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer();
    var commands = new ArrayList<C>();
    for (var command : Batch.read(bytes).commands()) {
      commands.add(wiring.commands.decode(command));
    }
    return commands;
  }

  /**
   * Called when all that was committed so far is applied, and again and again while there is no new
   * snapshot. Nothing is applied before it returns, and so it only has the state copied.
   *
   * @return the newest entry of a snapshot that was written meanwhile, if there is one
   */
  @Override
  public long takeSnapshot() throws IOException {
    if (writer.isIdle()) {
      var last = getLastAppliedTermIndex();
      var members = membersEntry;
      var state = copy();
      writer.begin(
          last.getIndex(), () -> snapshots.write(last, members, wiring.states.encode(state)));
    }
    var written = writer.written();
    return written > installed ? written : SnapshotWriter.NONE;
  }

  private S copy() throws IOException {
    try {
      return wiring
          .callbacks
          .call(Applier::snapshot)
          .get(wiring.patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("ended while a snapshot was taken", e);
    } catch (ExecutionException | TimeoutException e) {
      throw stop(new LogUnavailable("the applier gives no snapshot", e));
    }
  }

  @Override
  public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto next) {
    tellMembers(
        LogEntryProto.newBuilder()
            .setTerm(term)
            .setIndex(index)
            .setConfigurationEntry(next)
            .build());
  }

  private void tellMembers(LogEntryProto entry) {
    membersEntry = entry;
    var next =
        MemberNames.members(ProtoUtils.toRaftPeers(entry.getConfigurationEntry().getPeersList()));
    wiring.callbacks.call(applier -> {
      if (!next.equals(members)) {
        members = next;
        applier.membersChanged(next);
      }
      return true;
    });
  }

  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    super.notifyTermIndexUpdated(term, index);
    wiring.callbacks.call(_ -> {
      wiring.applied.reached(index);
      return true;
    });
  }

  @Override
  public void notifyLeaderReady() {
    tellLeading();
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    tellLeading();
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
    wiring.leader.accept(MemberNames.parse(leader.toString()));
  }

  /** Asks when it is told, not before: the two notices come on two threads. */
  private void tellLeading() {
    wiring.callbacks.call(applier -> {
      var now = wiring.leads.getAsBoolean();
      if (now != leading) {
        leading = now;
        applier.leads(now);
      }
      return true;
    });
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    stop(new LogUnavailable("cannot write the log; see the disk and its room", cause));
  }

  @Override
  public void notifyServerShutdown(RoleInfoProto role, boolean all) {
    stop(new RemovedFromGroup());
  }

  @Override
  public void close() throws IOException {
    stop(
        new LogUnavailable(
            "the library ended this member; see its message in the log, and the disk and its"
                + " room"));
    writer.awaitEnd(LAST_WRITE);
  }

  private <E extends IOException> E stop(E why) {
    wiring.stopped.accept(why);
    return why;
  }
}
