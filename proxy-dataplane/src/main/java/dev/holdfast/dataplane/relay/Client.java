package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.RelayOptions.OnConnectFailure;
import dev.holdfast.dataplane.relay.proxyprotocol.Endpoints;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyHeaders;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
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
  private final Channel channel;

  private @Nullable AccessLine line;
  private @Nullable Endpoints told;
  private @Nullable Patience patience;
  private @Nullable EarlyReader early;
  private long failedEpoch = ParkingLot.NO_EPOCH;
  private long turnOf = ParkingLot.NO_EPOCH;
  private boolean retrying;
  private @Nullable Dial dial;
  private @Nullable Pair pair;
  private boolean over;

  Client(RelayState relay, Lane lane, Channel channel) {
    this.relay = relay;
    this.lane = lane;
    this.channel = channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    lane.add(this);
    if (relay.accessLog.isOn()) {
      line = AccessLine.of(relay, lane, channel);
    }
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
      case Admission.Open(var target) when target.epoch() == failedEpoch -> waitForNext();
      case Admission.Open(var target) when hasToQueue(target) -> waitForNext();
      case Admission.Open(var target) -> connect(target);
      case Admission.Hold() when !retrying -> park(relay.options().waits().holdFor());
      case Admission.Hold() -> waitForNext();
      // as the kernel would have done, had the socket been closed a moment earlier
      case Admission.Refuse() when !retrying -> abort(EndReason.NotAdmitted);
      case Admission.Refuse() -> waitForNext();
      case Admission.Close() when !retrying -> reject(EndReason.NotAdmitted);
      case Admission.Close() -> waitForNext();
    }
  }

  private boolean hasToQueue(Target target) {
    return relay.ramp.queues(target.epoch()) && turnOf != target.epoch();
  }

  private void connect(Target target) {
    var options = relay.options();
    var backend = relay.counters.backend(target.backend());
    if (!backend.enter(options.limits().maxConnectionsPerBackend())) {
      reject(EndReason.MaxConnectionsPerBackend);
      return;
    }
    var attempt = new Dial(lane, target, backend, options.sockets(), this);
    dial = attempt;
    attempt.start();
  }

  /** Links only under the epoch that is admitted now: the target may be demoted by this time. */
  @Override
  public void connected(Target target, BackendCounters counters, Channel backend) {
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
    reject(EndReason.OutOfResources);
  }

  private void link(Target target, BackendCounters counters, Channel backend) {
    var linked =
        new Pair(lane, relay.counters, counters, target, new Pair.Channels(channel, backend));
    pair = linked;
    if (line != null) {
      linked.tell(line);
    }
    var options = relay.options();
    var bytes = early == null ? EarlyBytes.NONE : early.take();
    if (options.proxyProtocol().send() != ProxyProtocol.Send.None) {
      bytes = bytes.after(ProxyHeaders.encode(options.proxyProtocol().send(), endpoints()));
    }
    channel.pipeline().remove(this);
    linked.watch(options.waits());
    relay.engine.start(linked, bytes);
  }

  private Endpoints endpoints() {
    return told != null
        ? told
        : new Endpoints(
            (InetSocketAddress) channel.remoteAddress(),
            (InetSocketAddress) channel.localAddress());
  }

  @Override
  public void failed(Target target, ConnectFailure failure) {
    failedEpoch = target.epoch();
    relay.events.connectFailed(target, failure);
    if (relay.options().onConnectFailure() == OnConnectFailure.Close) {
      reject(EndReason.ConnectFailed);
      return;
    }
    if (!retrying) {
      retrying = true;
      patience().forget();
    }
    // the listener may have admitted another target in the call above
    proceed(relay.admission());
  }

  /** For the next target, or for the turn at this one. */
  private void waitForNext() {
    park(relay.options().waits().retryDeadline());
  }

  private void park(Duration limit) {
    if (!patience().lasts(limit)) {
      reject(EndReason.HeldTooLong);
      return;
    }
    if (!relay.parked.enter(this, failedEpoch, relay.options().limits().maxHeld())) {
      reject(EndReason.HeldFull);
      return;
    }
    early().startWaiting();
    // a target admitted between our look and our parking has not released us
    if (relay.admission() instanceof Admission.Open(var target) && target.epoch() != failedEpoch) {
      queueOrGo(target);
    }
  }

  private void queueOrGo(Target target) {
    if (relay.ramp.queues(target.epoch())) {
      relay.ramp.queued();
    } else if (relay.parked.leave(this)) {
      resume(target.epoch());
    }
  }

  /** Who was held in time for a primary that is there now waits for its turn a little longer. */
  void outOfPatience() {
    var inQueue =
        relay.admission() instanceof Admission.Open(var target)
            && relay.ramp.queues(target.epoch());
    if (inQueue && patience().lasts(relay.options().waits().retryDeadline())) {
      return;
    }
    if (relay.parked.leave(this)) {
      reject(EndReason.HeldTooLong);
    }
  }

  /** Taken out of the parking lot, to be connected under this epoch; any thread. */
  void released(long epoch) {
    lane.loop.execute(() -> resume(epoch));
  }

  private void resume(long epoch) {
    turnOf = epoch;
    patience().stop();
    early().stopWaiting();
    if (!over) {
      proceed(relay.admission());
    }
  }

  private void reject(EndReason reason) {
    if (leave(reason)) {
      channel.close();
    }
  }

  private void abort(EndReason reason) {
    if (leave(reason)) {
      Sides.reset(channel);
    }
  }

  private boolean leave(EndReason reason) {
    if (over || pair != null) {
      return false;
    }
    over = true;
    relay.counters.ended(reason).increment();
    relay.parked.leave(this);
    if (patience != null) {
      patience.stop();
    }
    if (early != null) {
      early.take().bytes().release();
    }
    if (dial != null) {
      dial.cancel();
    }
    if (line != null) {
      line.rejected(reason);
    }
    return true;
  }

  void sever(long olderThanEpoch) {
    if (pair != null && pair.target().epoch() < olderThanEpoch) {
      pair.cut(EndReason.Severed);
    }
  }

  /** Ends the client whatever it is doing. */
  void cut() {
    if (pair != null) {
      pair.cut(EndReason.Drained);
    } else {
      abort(EndReason.Gone);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var bytes = (ByteBuf) message;
    if (over) {
      bytes.release();
    } else {
      early().add(bytes);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    early().readComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case ChannelInputShutdownEvent end -> early().end();
      case Endpoints origin -> comesFrom(origin);
      case EndReason refused -> reject(refused);
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  private void comesFrom(Endpoints origin) {
    told = origin;
    if (line != null) {
      line.comesFrom(origin.client());
    }
  }

  /** Most clients never wait and are not read here. */
  private EarlyReader early() {
    if (early == null) {
      early = new EarlyReader(channel, relay.heldBytes);
    }
    return early;
  }

  private Patience patience() {
    if (patience == null) {
      patience = new Patience(lane.deadlines, this);
    }
    return patience;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    reject(EndReason.Gone);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("{}: client closed", relay.options().resource(), cause);
    }
    reject(EndReason.Gone);
  }
}
