package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.RelayOptions.OnConnectFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An accepted client until it is linked to a backend or closed. Everything happens on its event
 * loop, but for {@link #released}.
 */
final class Client extends ChannelInboundHandlerAdapter implements Dial.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger(Client.class);

  private final RelayState relay;
  private final Lane lane;
  private final SocketChannel channel;
  private final TimerWheel.Entry patience =
      new TimerWheel.Entry() {
        @Override
        void expired() {
          if (relay.parked.leave(Client.this)) {
            reject(Rejection.HeldTooLong);
          }
        }
      };

  private EarlyBytes early = EarlyBytes.NONE;
  private long failedEpoch = ParkingLot.NO_EPOCH;
  private @Nullable Long patienceEnds;
  private boolean retrying;
  private @Nullable Dial dial;
  private @Nullable Pair pair;
  private boolean over;

  Client(RelayState relay, Lane lane, SocketChannel channel) {
    this.relay = relay;
    this.lane = lane;
    this.channel = channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    lane.add(this);
    channel
        .closeFuture()
        .addListener(closed -> {
          lane.remove(this);
          relay.occupancy.leave();
        });
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    proceed(relay.admission());
  }

  private void proceed(Admission admission) {
    switch (admission) {
      case Admission.Open(var target) when target.epoch() == failedEpoch -> retryLater();
      case Admission.Open(var target) -> connect(target);
      case Admission.Hold() when !retrying -> park(relay.options().waits().holdFor());
      case Admission.Hold() -> retryLater();
      // as the kernel would have done, had the socket been closed a moment earlier
      case Admission.Refuse() when !retrying -> abort(Rejection.NotAdmitted);
      case Admission.Refuse() -> retryLater();
      case Admission.Close() when !retrying -> reject(Rejection.NotAdmitted);
      case Admission.Close() -> retryLater();
    }
  }

  private void connect(Target target) {
    var options = relay.options();
    var backend = relay.counters.backend(target.backend());
    if (!backend.enter(options.limits().maxConnectionsPerBackend())) {
      reject(Rejection.MaxConnectionsPerBackend);
      return;
    }
    var attempt = new Dial(lane, target, backend, options.sockets(), this);
    dial = attempt;
    attempt.start();
  }

  /** Links only under the epoch that is admitted now: the target may be demoted by this time. */
  @Override
  public void connected(Target target, BackendCounters counters, SocketChannel backend) {
    dial = null;
    var admission = relay.admission();
    if (admission instanceof Admission.Open(var admitted) && admitted.epoch() == target.epoch()) {
      link(target, counters, backend);
      return;
    }
    Sides.reset(backend);
    retrying = relay.options().onConnectFailure() == OnConnectFailure.RetryNext;
    proceed(admission);
  }

  @Override
  public void outOfResources() {
    reject(Rejection.OutOfResources);
  }

  private void link(Target target, BackendCounters counters, SocketChannel backend) {
    var linked =
        new Pair(lane, relay.counters, counters, target, new Pair.Channels(channel, backend));
    pair = linked;
    var bytes = early;
    early = EarlyBytes.NONE;
    channel.pipeline().remove(this);
    linked.watch(relay.options().waits());
    relay.engine.start(linked, bytes);
  }

  @Override
  public void failed(Target target, ConnectFailure failure) {
    failedEpoch = target.epoch();
    relay.events.connectFailed(target, failure);
    if (relay.options().onConnectFailure() == OnConnectFailure.Close) {
      reject(Rejection.ConnectFailed);
      return;
    }
    if (!retrying) {
      retrying = true;
      patienceEnds = null;
    }
    // the listener may have admitted another target in the call above
    proceed(relay.admission());
  }

  private void retryLater() {
    park(relay.options().waits().retryDeadline());
  }

  private void park(Duration patienceFromNow) {
    var now = lane.deadlines.now();
    if (patienceEnds == null) {
      patienceEnds = now + patienceFromNow.toNanos();
    }
    if (patienceEnds - now <= 0) {
      reject(Rejection.HeldTooLong);
      return;
    }
    if (!relay.parked.enter(this, failedEpoch, relay.options().limits().maxHeld())) {
      reject(Rejection.HeldFull);
      return;
    }
    lane.deadlines.schedule(patience, patienceEnds);
    noticeLeaving();
    // a target admitted between our look and our parking has not released us
    if (relay.admission() instanceof Admission.Open(var target)
        && target.epoch() != failedEpoch
        && relay.parked.leave(this)) {
      resume();
    }
  }

  /** One read: a reset is seen, an end of stream kept, the first bytes kept; more stay outside. */
  private void noticeLeaving() {
    if (!early.bytes().isReadable() && !early.ended()) {
      channel.read();
    }
  }

  /** Taken out of the parking lot by an admitted target; any thread. */
  void released() {
    lane.loop.execute(this::resume);
  }

  private void resume() {
    lane.deadlines.cancel(patience);
    if (!over) {
      proceed(relay.admission());
    }
  }

  private void reject(Rejection reason) {
    if (leave(reason)) {
      channel.close();
    }
  }

  private void abort(Rejection reason) {
    if (leave(reason)) {
      Sides.reset(channel);
    }
  }

  private boolean leave(Rejection reason) {
    if (over) {
      return false;
    }
    over = true;
    relay.counters.rejected(reason).increment();
    relay.parked.leave(this);
    lane.deadlines.cancel(patience);
    early.bytes().release();
    early = EarlyBytes.NONE;
    if (dial != null) {
      dial.cancel();
    }
    return true;
  }

  void sever(long olderThanEpoch) {
    if (pair != null && pair.target().epoch() < olderThanEpoch) {
      pair.cut(Cut.Severed);
    }
  }

  /** Ends the client whatever it is doing. */
  void cut() {
    if (pair != null) {
      pair.cut(Cut.Drained);
    } else {
      abort(Rejection.Gone);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    early = early.plus((ByteBuf) message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      early = early.end();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    reject(Rejection.Gone);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("{}: client closed", relay.options().resource(), cause);
    }
    reject(Rejection.Gone);
  }
}
