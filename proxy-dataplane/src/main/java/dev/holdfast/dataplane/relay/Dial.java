package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.transport.Sides;
import dev.holdfast.dataplane.relay.transport.SocketOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach a target: its name's resolution, in half of the target's connect timeout,
 * and then its addresses one by one in what is left of it. On one event loop only; has one outcome,
 * unless cancelled.
 */
final class Dial extends TimerWheel.Entry {

  /** Called on the event loop. */
  interface Outcome {
    /** The receiver owns the channel, which reads nothing yet. */
    void connected(Target target, BackendCounters backend, Channel channel);

    void failed(Target target, ConnectFailure failure);

    /** It goes on for now, but nobody else should come. */
    void shortOfResources(Throwable cause);

    /** No fault of the target's. */
    void outOfResources();
  }

  private final Lane lane;
  private final Target target;
  private final BackendCounters backend;
  private final SocketOptions sockets;
  private final Outcome outcome;
  private final long deadline;
  private final Queue<InetAddress> untried = new ArrayDeque<>();
  private @Nullable Channel trying;
  private boolean lookingUp;
  private boolean over;

  /**
   * @param backend where a place has been taken, which is left when the connection ends or fails
   */
  Dial(Lane lane, Target target, BackendCounters backend, SocketOptions sockets, Outcome outcome) {
    this.lane = lane;
    this.target = target;
    this.backend = backend;
    this.sockets = sockets;
    this.outcome = outcome;
    deadline = lane.deadlines.now() + target.connectTimeout().toNanos();
  }

  void start() {
    var literal = NetUtil.createInetAddressFromIpAddressString(target.host());
    if (literal != null) {
      untried.add(literal);
      tryNext();
    } else {
      lookingUp = true;
      var lookupTime = lookupTime();
      lane.deadlines.schedule(this, lane.deadlines.now() + lookupTime.toNanos());
      lane.names.resolveAll(target.host(), lookupTime).addListener(this::resolved);
    }
  }

  private Duration lookupTime() {
    return target.connectTimeout().dividedBy(2);
  }

  /** Then there is no outcome. */
  void cancel() {
    if (finish()) {
      backend.leave();
    }
  }

  private void resolved(Future<? super List<InetAddress>> lookup) {
    if (over) {
      return;
    }
    lookingUp = false;
    if (lookup.cause() != null) {
      unresolved(lookup.cause());
      return;
    }
    @SuppressWarnings("unchecked") // addListener's signature loses the future's own type
    var addresses = (List<InetAddress>) lookup.getNow();
    untried.addAll(addresses);
    if (untried.isEmpty()) {
      fail(ConnectFailures.of(new UnknownHostException("no address of " + target.host())));
    } else {
      tryNext();
    }
  }

  private void unresolved(Throwable cause) {
    if (ConnectFailures.isOurs(cause)) {
      starve(ConnectFailures.root(cause));
    } else {
      fail(ConnectFailures.of(cause));
    }
  }

  private void tryNext() {
    var now = lane.deadlines.now();
    // the time that is left is shared, so that one dead address leaves some for the others
    lane.deadlines.schedule(this, now + (deadline - now) / untried.size());
    var address = untried.remove();
    Channel channel;
    try {
      channel = open(address);
      Sides.prepare(channel, sockets);
    } catch (ChannelException e) {
      starve(e);
      return;
    }
    trying = channel;
    lane.loop.register(channel);
    channel
        .connect(new InetSocketAddress(address, target.port()))
        .addListener(connect -> tried(channel, connect));
  }

  private Channel open(InetAddress address) {
    try {
      return lane.transport.newChannel(address);
    } catch (ChannelException e) {
      if (!lane.spare.spend()) {
        throw e;
      }
      outcome.shortOfResources(e);
      return lane.transport.newChannel(address);
    }
  }

  private void tried(Channel channel, Future<?> connect) {
    if (over || !channel.equals(trying)) {
      channel.close();
      return;
    }
    if (connect.isSuccess()) {
      succeed(channel);
    } else if (ConnectFailures.isOurs(connect.cause())) {
      starve(connect.cause());
    } else {
      next(ConnectFailures.of(connect.cause()));
    }
  }

  @Override
  void expired() {
    if (lookingUp) {
      fail(ConnectFailures.lookupTimeout(target, lookupTime()));
    } else {
      next(ConnectFailures.timeout(target));
    }
  }

  private void next(ConnectFailure failure) {
    giveUpTrying();
    if (untried.isEmpty() || lane.deadlines.now() - deadline >= 0) {
      fail(failure);
    } else {
      tryNext();
    }
  }

  private void succeed(Channel channel) {
    trying = null;
    finish();
    backend.connected.increment();
    channel.closeFuture().addListener(closed -> backend.leave());
    outcome.connected(target, backend, channel);
  }

  private void fail(ConnectFailure failure) {
    if (finish()) {
      backend.leave();
      backend.failures(failure.kind()).increment();
      outcome.failed(target, failure);
    }
  }

  private void starve(Throwable cause) {
    if (finish()) {
      backend.leave();
      outcome.shortOfResources(cause);
      outcome.outOfResources();
    }
  }

  private boolean finish() {
    if (over) {
      return false;
    }
    over = true;
    lane.deadlines.cancel(this);
    giveUpTrying();
    return true;
  }

  private void giveUpTrying() {
    if (trying != null) {
      var channel = trying;
      trying = null;
      channel.close();
    }
  }
}
