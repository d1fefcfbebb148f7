package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ReplicatedLog;
import dev.holdfast.dataplane.agreement.peer.PeerNetwork;
import dev.holdfast.dataplane.agreement.wire.Codec;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member's end of a log on Apache Ratis. Safe for use by many threads; no call blocks but
 * {@link #open} and {@link #close}.
 *
 * <p>A read is an entry of its own that is committed. The library's read index (3.3.0) is answered
 * without asking anybody when nothing was committed since the last one, also by a leader that has
 * been replaced without knowing it.
 */
public final class RaftLog<C, S> implements ReplicatedLog<C, S> {
  private static final Logger log = LoggerFactory.getLogger(RaftLog.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration APPLY = Duration.ofSeconds(30);
  private static final Duration CHANGE = Duration.ofSeconds(20);
  private static final int THREADS = 16;
  private static final int IDLE_SECONDS = 10;

  private final LogOptions options;
  private final Codec<C> commands;
  private final Directory directory;
  private final Callbacks<C, S> callbacks;
  private final Consumer<IOException> stopped;
  private final ThreadPoolExecutor calls =
      new ThreadPoolExecutor(
          0,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> Thread.ofPlatform().name("holdfast-log-call").daemon().unstarted(task));
  private final Later later = Later.shared();
  private final AppliedIndex applied = new AppliedIndex();
  private final AtomicReference<@Nullable IOException> end = new AtomicReference<>();
  private final AtomicBoolean changing = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CompletableFuture<RaftMember> member = new CompletableFuture<>();
  private final BatchRoute route;

  private RaftLog(
      LogOptions options,
      Codec<C> commands,
      PeerNetwork network,
      Directory directory,
      Consumer<IOException> stopped) {
    this.options = options;
    this.commands = commands;
    this.directory = directory;
    this.stopped = stopped;
    callbacks =
        new Callbacks<>(
            e -> stop(new LogUnavailable("the applier failed; this member cannot go on", e)),
            APPLY);
    route = new BatchRoute(options, commands, network, calls, later, member::join);
  }

  /**
   * Opens a member's log and lets it take part. Blocks for as long as it takes to read its files,
   * and at most half a minute more.
   *
   * @param network between the members, for this log alone; it stays the caller's to close
   * @param stopped is told once when this member cannot go on: its disk fails, or it was removed.
   *     All that is asked of the log from then on fails; it is still to be closed
   * @throws LogDamaged when a file is not what this member wrote
   */
  public static <C, S> RaftLog<C, S> open(
      LogOptions options,
      Codec<C> commands,
      Codec<S> states,
      PeerNetwork network,
      Consumer<IOException> stopped)
      throws IOException {
    var directory = Directory.open(options.directory(), options.group(), options.self());
    var opened = new RaftLog<C, S>(options, commands, network, directory, stopped);
    try {
      opened.start(states, network);
      return opened;
    } catch (IOException e) {
      var why = opened.end.get();
      opened.close();
      throw why != null ? why : e;
    }
  }

  private void start(Codec<S> states, PeerNetwork network) throws IOException {
    var followers = new Followers(later);
    var replica =
        new Replica<>(
            new Replica.Wiring<>(
                commands,
                states,
                callbacks,
                applied,
                followers,
                options.patience(),
                () -> ready() && member.join().leads(),
                route::follow,
                this::stop));
    var within = options.election().multipliedBy(2);
    var wiring = new PeerRpcType.Wiring(network, calls, followers, within);
    member.complete(RaftMember.start(options, wiring, replica));
    directory.used();
    route.open();
    var why = end.get();
    if (why != null) {
      throw why;
    }
  }

  private boolean ready() {
    return member.isDone() && !member.isCompletedExceptionally();
  }

  @Override
  public CompletionStage<Long> propose(C command) {
    return route.propose(commands.encode(command));
  }

  @Override
  public CompletionStage<Long> read() {
    return route
        .mark()
        .thenCompose(entry ->
            applied
                .await(entry)
                .orTimeout(options.patience().toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(_ -> CommandIndex.last(entry)));
  }

  @Override
  public void onApply(Applier<C, S> applier) {
    callbacks.begin(applier);
  }

  @Override
  public Optional<MemberId> leader() {
    return end.get() == null && ready() ? member.join().leader() : Optional.empty();
  }

  @Override
  public Set<MemberId> members() {
    return member.join().members();
  }

  /** Only the leader can; another's attempt fails and says so. */
  @Override
  public CompletionStage<Void> change(Set<MemberId> wanted) {
    if (!changing.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(
          new LogUnavailable("another change of members is under way; wait for its end"));
    }
    var target = Set.copyOf(wanted);
    return CompletableFuture.supplyAsync(() -> step(target), calls)
        .thenCompose(done -> done)
        .whenComplete((_, _) -> changing.set(false));
  }

  private CompletableFuture<Void> step(Set<MemberId> wanted) {
    var why = end.get();
    if (why != null) {
      return CompletableFuture.failedFuture(why);
    }
    var raft = member.join();
    var now = raft.members();
    return MemberChange.next(now, wanted, options.self())
        .map(next ->
            raft.change(now, next)
                .orTimeout(CHANGE.toMillis(), TimeUnit.MILLISECONDS)
                .thenComposeAsync(_ -> step(wanted), calls))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /**
   * Ends this member's part, once; not on the caller's thread, which is the library's. While it
   * starts, {@link #open} fails instead.
   */
  private void stop(IOException why) {
    if (!end.compareAndSet(null, why)) {
      return;
    }
    // At once: the library goes on with the next entry when one cannot be applied.
    callbacks.end();
    route.end(why);
    if (!ready()) {
      return;
    }
    Thread.ofPlatform()
        .name("holdfast-log-stop")
        .daemon()
        .start(() -> {
          end();
          stopped.accept(why);
        });
  }

  /** In bounded time. */
  @Override
  public void close() {
    var why = new LogUnavailable("this member's log is closed");
    if (end.compareAndSet(null, why)) {
      route.end(why);
    }
    end();
  }

  private void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    callbacks.end();
    // A process that cannot end it must not let another one have its files.
    if (!ready() || member.join().close(CLOSE)) {
      try {
        directory.close();
      } catch (IOException e) {
        log.warn("{}: cannot release the lock: {}", options.directory(), e.toString());
      }
    } else {
      log.error("{}: the log did not close within {}", options.directory(), CLOSE);
    }
    callbacks.close();
    calls.shutdown();
  }
}
