package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import dev.holdfast.dataplane.relay.transport.Sides;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands accepted clients to their event loops; rests while this machine has no descriptor left for
 * a client, or for its backend: the next try would fail at once and for ever, and whoever waits in
 * the kernel's queue is not turned away.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final long MIN_PAUSE_MILLIS = 50;
  private static final long MAX_PAUSE_MILLIS = 1_000;

  /** Without a failure for so long, the shortage is over. */
  private static final long QUIET_SECONDS = 10;

  private final RelayState relay;
  private final Supplier<Lane> lanes;
  private final SpareDescriptor spare;
  private final int port;
  private final Consumer<Throwable> starved = this::starved;
  private volatile @Nullable ChannelHandlerContext context;
  private long pauseMillis;
  private boolean resting;
  private boolean told;
  private @Nullable ScheduledFuture<?> quiet;

  /**
   * @param lanes for one client after the other
   * @param spare of the loop that accepts
   * @param port where they are accepted
   */
  Acceptor(RelayState relay, Supplier<Lane> lanes, SpareDescriptor spare, int port) {
    this.relay = relay;
    this.lanes = lanes;
    this.spare = spare;
    this.port = port;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    spare.refill();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    context = null;
    stopWaitingForQuiet();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    relay.counters.accepted.increment();
    var channel = (Channel) message;
    var options = relay.options();
    if (!relay.occupancy.enter(options.limits().maxConnections())) {
      reject(channel, EndReason.MaxConnections);
      return;
    }
    try {
      Sides.prepare(channel, options.sockets());
    } catch (ChannelException resetAlready) {
      forget(channel);
      return;
    }
    var lane = lanes.get();
    if (options.proxyProtocol().accept() != ProxyProtocol.Accept.Never) {
      channel.pipeline().addLast(new Introduction(lane, options.proxyProtocol(), channel));
    }
    if (options.firstBytes() != null) {
      channel.pipeline().addLast(new FirstBytesReader(lane, options.firstBytes(), channel));
    }
    channel.pipeline().addLast(new Client(relay, lane, channel, port, starved));
    lane.loop
        .register(channel)
        .addListener(registered -> {
          if (!registered.isSuccess()) {
            forget(channel);
          }
        });
  }

  private void forget(Channel channel) {
    relay.occupancy.leave();
    reject(channel, EndReason.Gone);
  }

  private void reject(Channel channel, EndReason reason) {
    relay.counters.ended(reason).increment();
    if (relay.accessLog.isOn()) {
      AccessLine.of(relay, lanes.get(), channel).rejected(reason);
    }
    channel.unsafe().closeForcibly();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!resting) {
      pauseMillis = 0;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    rest(ctx, "cannot accept a client", cause);
  }

  /** There was no descriptor left for an accepted client's backend; on the client's loop. */
  private void starved(Throwable cause) {
    var listening = context;
    if (listening == null) {
      return;
    }
    if (listening.executor().inEventLoop()) {
      rest(listening, "cannot connect a client", cause);
    } else {
      listening.executor().execute(() -> rest(listening, "cannot connect a client", cause));
    }
  }

  /** Says so once for each shortage: it may last long, and clients come all the time. */
  private void rest(ChannelHandlerContext ctx, String what, Throwable cause) {
    if (!told) {
      told = true;
      LOG.warn(
          "{}: {} ({}); accepting pauses, and is tried again until it works",
          relay.options().resource(),
          what,
          cause.toString());
    }
    if (!resting) {
      resting = true;
      relay.counters.acceptPauses.increment();
      ctx.channel().config().setAutoRead(false);
      tryLater(ctx);
    }
  }

  private void tryLater(ChannelHandlerContext ctx) {
    stopWaitingForQuiet();
    pauseMillis = Math.clamp(pauseMillis * 2, MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
    ctx.executor().schedule(() -> tryAgain(ctx), pauseMillis, TimeUnit.MILLISECONDS);
  }

  private void tryAgain(ChannelHandlerContext ctx) {
    if (context == null) {
      return;
    }
    if (!spare.refill()) {
      tryLater(ctx);
      return;
    }
    resting = false;
    quiet = ctx.executor().schedule(this::shortageOver, QUIET_SECONDS, TimeUnit.SECONDS);
    ctx.channel().config().setAutoRead(true);
  }

  private void stopWaitingForQuiet() {
    if (quiet != null) {
      quiet.cancel(false);
      quiet = null;
    }
  }

  private void shortageOver() {
    quiet = null;
    told = false;
    LOG.info("{}: accepting clients as they come again", relay.options().resource());
  }
}
