package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.metrics.MetricSink;
import dev.holdfast.dataplane.metrics.MetricSource;
import dev.holdfast.dataplane.relay.access.AccessLog;
import dev.holdfast.dataplane.relay.transport.Transport;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays TCP clients to the admitted target, or each to the one that a {@link ClientRouter} says.
 * All methods may be called from any thread and return at once.
 *
 * <ul>
 *   <li>It listens from the first admission other than {@link Admission.Refuse} on; no client is
 *       accepted before.
 *   <li>A client is linked only under the epoch admitted at that moment, or under a claim that
 *       lasts.
 *   <li>Bytes pass unchanged and in order; each side's end of stream is passed on after them, while
 *       the other direction goes on; a reset is passed on as a reset.
 *   <li>When its lease has ended or its claim is revoked, no client is linked and no turn of bytes
 *       begins.
 *   <li>What the relay ends itself (a sever, a lease's or a drain's end, a timeout) ends as a
 *       reset.
 * </ul>
 */
public final class RelayServer implements MetricSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RelayServer.class);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

  private final RelayState relay;
  private final Transport transport;
  private final List<Lane> lanes;
  private final EventLoop control;
  private final Listeners listeners;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param transport stays open when this is closed, and outlives it
   */
  public RelayServer(
      Transport transport, RelayEvents events, AccessLog accessLog, RelayOptions options) {
    this(transport, events, accessLog, options, loop -> new DnsNames(loop, transport));
  }

  RelayServer(
      Transport transport,
      RelayEvents events,
      AccessLog accessLog,
      RelayOptions options,
      Function<EventLoop, NameResolver> names) {
    this.transport = transport;
    var all = new ArrayList<Lane>();
    for (var executor : transport.loops()) {
      var loop = (EventLoop) executor;
      all.add(new Lane(loop, names.apply(loop), transport));
    }
    lanes = List.copyOf(all);
    control = lanes.getFirst().loop;
    relay = new RelayState(events, transport.engine(), accessLog, control, options);
    listeners = new Listeners(control, relay, new ListenerBinder(relay, lanes, transport));
  }

  /**
   * New addresses and ports are bound before old ones are closed. One that cannot be bound is tried
   * again, and keeps no other from being served; no connection is touched.
   */
  public void configure(RelayOptions options) {
    relay.configure(options);
    relay.counters.retain(Set.copyOf(options.backends()));
    control.execute(listeners::follow);
  }

  /** Says what happens to clients from now on, the parked ones included. */
  public void admit(Admission admission) {
    relay.admit(admission);
    control.execute(listeners::follow);
  }

  /** As {@link #admit}; who is turned away by it is counted as for want of a lease. */
  public void lapse(Admission withoutLease) {
    relay.lapse(withoutLease);
    control.execute(listeners::follow);
  }

  /**
   * The target of this epoch can be reached after all: clients whose connect to it failed, and who
   * wait for another one, try it again, within the time that they have left.
   */
  public void retry(long epoch) {
    relay.parked.releaseFailed(epoch);
  }

  /**
   * Cuts the connections made under an older epoch.
   *
   * @return done when no byte of them is moved any more
   */
  public CompletionStage<Void> sever(long olderThanEpoch) {
    return onAllLoops(lane -> lane.sever(olderThanEpoch));
  }

  /**
   * Cuts the connections whose claims are revoked by now, however many, in one pass over all.
   *
   * @return done when no byte of them is moved any more
   */
  public CompletionStage<Void> severRevoked() {
    return onAllLoops(Lane::severRevoked);
  }

  private CompletionStage<Void> onAllLoops(Consumer<Lane> task) {
    var loops =
        lanes.stream().map(lane -> CompletableFuture.runAsync(() -> task.accept(lane), lane.loop));
    return CompletableFuture.allOf(loops.toArray(CompletableFuture<?>[]::new));
  }

  /** What happens to clients that come during a drain. */
  public enum NewClients {
    /** The drain ends with the last connection, those of new clients included. */
    Served,
    /** The port is closed at once. */
    Refused
  }

  /**
   * Completes when the last client has gone and the port is closed for good; after {@code timeout}
   * it is closed and those that are left are cut. Calling it again, with a shorter timeout perhaps,
   * gives the same completion.
   */
  public CompletionStage<Void> drain(Duration timeout, NewClients newClients) {
    switch (newClients) {
      case Served -> relay.occupancy.whenEmpty().thenRunAsync(this::finish, control);
      case Refused -> control.execute(this::finish);
    }
    control.schedule(this::finishNow, timeout.toNanos(), TimeUnit.NANOSECONDS);
    return drained.minimalCompletionStage();
  }

  private CompletableFuture<Void> finish() {
    var shut = listeners.shut();
    shut.thenCompose(closed -> relay.occupancy.whenEmpty()).thenAccept(drained::complete);
    return shut;
  }

  private void finishNow() {
    finish().thenRun(this::cutAll);
  }

  private void cutAll() {
    for (var lane : lanes) {
      lane.loop.execute(lane::cutAll);
    }
  }

  /**
   * Stops listening and cuts every connection. Returns when that is done, so that the port is free
   * and the loops may be shut down; called on one of the loops it does not wait. Closing twice does
   * nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    var done =
        drain(Duration.ZERO, NewClients.Refused).thenRun(this::closeLanes).toCompletableFuture();
    if (lanes.stream().noneMatch(lane -> lane.loop.inEventLoop())) {
      awaitClosed(done);
    }
  }

  private void awaitClosed(CompletableFuture<Void> done) {
    var inTime =
        done.thenApply(nothing -> true)
            .completeOnTimeout(false, CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    if (!inTime) {
      LOG.warn(
          "{}: {} clients are still being closed after {}",
          relay.options().resource(),
          relay.occupancy.clients(),
          CLOSE_DEADLINE);
    }
  }

  private void closeLanes() {
    for (var lane : lanes) {
      lane.loop.execute(lane::close);
    }
  }

  public ConnectionCounts counts() {
    return relay.counters.counts(relay.occupancy.clients(), relay.parked.size());
  }

  @Override
  public void collect(MetricSink sink) {
    var metrics = new RelayMetrics(relay.options().resource(), sink);
    metrics.write(relay.counters, relay.occupancy.clients(), relay.parked.size());
    metrics.write(transport);
  }
}
