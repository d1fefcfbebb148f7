package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.RelayEvents.ConnectFailure;
import dev.holdfast.dataplane.relay.RelayOptions.OnConnectFailure;
import dev.holdfast.dataplane.relay.proxyprotocol.Endpoints;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyHeaders;
import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import dev.holdfast.dataplane.relay.transport.EarlyBytes;
import dev.holdfast.dataplane.relay.transport.Sides;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An accepted client until it is linked to a backend or closed. On its event loop only. */
final class Client extends ChannelInboundHandlerAdapter implements Dial.Outcome, Waiting.Party {
  private static final Logger LOG = LoggerFactory.getLogger(Client.class);

  private static final byte[] NONE = {};

  private final RelayState relay;
  private final Lane lane;
  private final Channel channel;
  private final int port;
  private final Consumer<Throwable> starved;
  private final Origin origin;
  private byte[] firstBytes = NONE;
  private @Nullable RoutedVisit visit;
  private Admission.@Nullable Open routed;
  private @Nullable EarlyReader early;
  private @Nullable Waiting waiting;
  private boolean retrying;
  private @Nullable Dial dial;
  private @Nullable Pair pair;
  private boolean over;

  /**
   * @param port where it was accepted
   */
  Client(RelayState relay, Lane lane, Channel channel, int port, Consumer<Throwable> starved) {
    this.relay = relay;
    this.lane = lane;
    this.channel = channel;
    this.port = port;
    this.starved = starved;
    origin = Origin.of(relay, lane, channel);
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
      case Admission.Open open when hasToWait(open.target().epoch()) -> waiting().forNext();
      case Admission.Open open -> connect(open.target());
      case Admission.Routed asking -> ask(asking);
      case Admission.Wait() -> waiting().forWord();
      case Admission.Hold() when !retrying -> waiting().forPrimary();
      case Admission.Hold() -> waiting().forNext();
      // as the kernel would have done, had the socket been closed a moment earlier
      case Admission.Refuse() when !retrying -> abort(relay.turnedAway());
      case Admission.Refuse() -> waiting().forNext();
      case Admission.Close() when !retrying -> reject(relay.turnedAway());
      case Admission.Close() -> waiting().forNext();
    }
  }

  private void ask(Admission.Routed asking) {
    var answer = visit().ask(asking.router());
    routed = answer instanceof Admission.Open open ? open : null;
    proceed(answer);
    // what was admitted between our look and our parking has not released us
    if (!relay.stillAdmits(asking)) {
      again();
    }
  }

  private RoutedVisit visit() {
    if (visit == null) {
      visit = new RoutedVisit(origin, port, firstBytes, lane.loop, this::again);
    }
    return visit;
  }

  private void again() {
    if (waiting != null && !over) {
      waiting.again();
    }
  }

  private boolean hasToWait(long epoch) {
    return waiting == null ? relay.ramp.queues(epoch) : !waiting.endsUnder(epoch);
  }

  @Override
  public void goOn() {
    if (!over) {
      proceed(relay.admission());
    }
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

  /** Links only under what is admitted now: the target may be demoted by this time. */
  @Override
  public void connected(Target target, BackendCounters counters, Channel backend) {
    dial = null;
    var admission = relay.admission();
    var open = stillOpen(admission, target);
    if (open != null) {
      link(open, counters, backend);
      return;
    }
    routed = null;
    Sides.reset(backend);
    retrying = relay.options().onConnectFailure() == OnConnectFailure.RetryNext;
    proceed(admission);
  }

  private Admission.@Nullable Open stillOpen(Admission now, Target target) {
    return switch (now) {
      case Admission.Routed _ when routed != null && routed.lasts() -> routed;
      case Admission.Open open when routed == null && open.target().epoch() == target.epoch() ->
          open;
      case Admission.Routed _, Admission.Open _ -> null;
      case Admission.Hold _, Admission.Wait _, Admission.Refuse _, Admission.Close _ -> null;
    };
  }

  @Override
  public void shortOfResources(Throwable cause) {
    starved.accept(cause);
  }

  @Override
  public void outOfResources() {
    reject(EndReason.OutOfResources);
  }

  private void link(Admission.Open admitted, BackendCounters counters, Channel backend) {
    var linked =
        new Pair(lane, relay.counters, counters, admitted, new Pair.Channels(channel, backend));
    pair = linked;
    visit = null;
    linked.tell(origin.line());
    var options = relay.options();
    linked.open(options.waits());
    var bytes = early == null ? EarlyBytes.NONE : early.take();
    // whoever revoked the claim before it was opened knew of no connection to be cut
    if (!linked.mayMove()) {
      bytes.bytes().release();
      return;
    }
    if (options.proxyProtocol().send() != ProxyProtocol.Send.None) {
      bytes = bytes.after(ProxyHeaders.encode(options.proxyProtocol().send(), origin.endpoints()));
    }
    channel.pipeline().remove(this);
    relay.engine.start(linked, bytes);
  }

  @Override
  public void failed(Target target, ConnectFailure failure) {
    waiting().failedUnder(target.epoch());
    relay.events.connectFailed(target, failure);
    if (relay.options().onConnectFailure() == OnConnectFailure.Close) {
      reject(EndReason.ConnectFailed);
      return;
    }
    if (!retrying) {
      retrying = true;
      waiting().beginAnew();
    }
    // the listener may have admitted another target in the call above
    proceed(relay.admission());
  }

  @Override
  public void reject(EndReason reason) {
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
    if (waiting != null) {
      waiting.end();
    }
    if (visit != null) {
      visit.end();
    }
    if (early != null) {
      early.take().bytes().release();
    }
    if (dial != null) {
      dial.cancel();
    }
    origin.rejected(reason);
    return true;
  }

  void sever(long olderThanEpoch) {
    if (pair != null && pair.target().epoch() < olderThanEpoch) {
      pair.cut(EndReason.Severed);
    }
  }

  /** Who is still connecting looks again when connected. */
  void severRevoked() {
    if (pair != null) {
      pair.severIfRevoked();
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
      case Endpoints told -> origin.told(told);
      case FirstBytesReader.Said said -> firstBytes = said.bytes();
      case EndReason refused -> reject(refused);
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  /** Most clients never wait and are not read here. */
  private EarlyReader early() {
    if (early == null) {
      early = new EarlyReader(channel, relay.heldBytes);
    }
    return early;
  }

  private Waiting waiting() {
    if (waiting == null) {
      waiting = new Waiting(relay, lane, early(), this);
    }
    return waiting;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    reject(EndReason.Gone);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case OutOfMemoryError e -> {
        lane.transport.memoryLog().tell("none yet", e);
        reject(EndReason.OutOfResources);
      }
      case IOException e -> reject(EndReason.Gone);
      default -> {
        LOG.warn("{}: client closed", relay.options().resource(), cause);
        reject(EndReason.Gone);
      }
    }
  }
}
