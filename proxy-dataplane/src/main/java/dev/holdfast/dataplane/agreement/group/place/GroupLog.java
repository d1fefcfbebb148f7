package dev.holdfast.dataplane.agreement.group.place;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.group.Belonging;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.replica.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the group that a replica is in. It is opened on a thread of its own: reading it takes
 * as long as it takes, and greetings are answered meanwhile.
 */
final class GroupLog<C, S> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupLog.class);

  /** Told on the group's thread. */
  interface Outcome<C, S> {
    void opened(Belonging group, MemberId self, ReplicatedLog<C, S> log);

    /** This member must not go on with what its disk holds. */
    void damaged(LogFactory.Damaged why);

    void failed(IOException why);

    /** After {@link #opened}: the log cannot go on. */
    void stopped(IOException why);
  }

  private final String resource;
  private final LogFactory logs;
  private final WireFormat<C, S, ?> format;
  private final PeerNetwork peers;
  private final Executor thread;
  private final Outcome<C, S> outcome;
  private @Nullable ReplicatedLog<C, S> opened;
  private boolean closed;

  /**
   * @param thread the group's
   */
  GroupLog(
      String resource,
      LogFactory logs,
      WireFormat<C, S, ?> format,
      PeerNetwork peers,
      Executor thread,
      Outcome<C, S> outcome) {
    this.resource = resource;
    this.logs = logs;
    this.format = format;
    this.peers = peers;
    this.thread = thread;
    this.outcome = outcome;
  }

  /** The one that was opened last. */
  synchronized @Nullable ReplicatedLog<C, S> opened() {
    return opened;
  }

  void open(Belonging group, MemberId self, Path directory) {
    Thread.ofPlatform()
        .name("holdfast-group-log")
        .daemon()
        .start(() -> read(group, self, directory));
  }

  private void read(Belonging group, MemberId self, Path directory) {
    var told = new CompletableFuture<Void>();
    try {
      var next =
          logs.open(
              format,
              group.group(),
              self,
              group.initial(self),
              directory,
              peers,
              why -> told.thenRun(() -> thread.execute(() -> stopped(self, why))));
      if (keep(next)) {
        thread.execute(() -> outcome.opened(group, self, next));
        told.complete(null);
      } else {
        next.close();
      }
    } catch (LogFactory.Damaged e) {
      thread.execute(() -> outcome.damaged(e));
    } catch (IOException e) {
      thread.execute(() -> outcome.failed(e));
    }
  }

  private void stopped(MemberId self, IOException why) {
    log.error("{}: the log of {} stops: {}", resource, self, why.getMessage());
    outcome.stopped(why);
  }

  private synchronized boolean keep(ReplicatedLog<C, S> next) {
    if (!closed) {
      opened = next;
    }
    return !closed;
  }

  @Override
  public void close() {
    ReplicatedLog<C, S> last;
    synchronized (this) {
      closed = true;
      last = opened;
    }
    if (last != null) {
      last.close();
    }
  }
}
