package dev.holdfast.dataplane.relay;

import dev.holdfast.dataplane.relay.proxyprotocol.ProxyProtocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands accepted clients to their event loops; rests when the machine has no descriptor left. */
final class Acceptor extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final long MIN_PAUSE_MILLIS = 50;
  private static final long MAX_PAUSE_MILLIS = 1_000;

  private final RelayState relay;
  private final Supplier<Lane> lanes;
  private long pauseMillis;

  Acceptor(RelayState relay, Supplier<Lane> lanes) {
    this.relay = relay;
    this.lanes = lanes;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (pauseMillis > 0) {
      pauseMillis = 0;
      LOG.info("{}: accepting clients again", relay.options().resource());
    }
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
    channel.pipeline().addLast(new Client(relay, lane, channel));
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

  /** The next try would fail at once and for ever: the socket stays readable. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    relay.counters.acceptErrors.increment();
    if (pauseMillis == 0) {
      LOG.warn(
          "{}: cannot accept a client ({}); trying again until it works",
          relay.options().resource(),
          cause.toString());
    }
    pauseMillis = Math.clamp(pauseMillis * 2, MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
    var config = ctx.channel().config();
    config.setAutoRead(false);
    ctx.executor().schedule(() -> config.setAutoRead(true), pauseMillis, TimeUnit.MILLISECONDS);
  }
}
