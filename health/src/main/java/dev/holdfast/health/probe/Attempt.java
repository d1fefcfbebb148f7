package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of a probe over TCP: the name's resolution, in half of the time, and then a connect and a
 * conversation in what is left. Confined to its event loop; whoever waits sees only the result.
 */
final class Attempt {
  private final EventLoop loop;
  private final AddressResolverGroup<InetSocketAddress> names;
  private final InetSocketAddress address;
  private final Duration timeout;
  private final Conversation talk;
  private final CompletableFuture<ProbeResult> result;
  private final Queue<InetSocketAddress> untried = new ArrayDeque<>();
  private final long startedNanos = System.nanoTime();

  Attempt(
      EventLoop loop,
      AddressResolverGroup<InetSocketAddress> names,
      InetSocketAddress address,
      Duration timeout,
      Conversation talk,
      CompletableFuture<ProbeResult> result) {
    this.loop = loop;
    this.names = names;
    this.address = address;
    this.timeout = timeout;
    this.talk = talk;
    this.result = result;
  }

  void start() {
    var deadline = loop.schedule(this::timedOut, timeout.toNanos(), TimeUnit.NANOSECONDS);
    result.whenComplete((done, cancelled) -> deadline.cancel(false));
    try {
      var literal = NetUtil.createInetAddressFromIpAddressString(address.getHostString());
      if (literal != null) {
        resolved(List.of(new InetSocketAddress(literal, address.getPort())));
      } else {
        resolve();
      }
    } catch (IllegalStateException e) {
      fail(Kind.Other, Network.SHUTTING_DOWN); // the loop takes nothing any more
    }
  }

  private void resolve() {
    var within = timeout.dividedBy(2);
    var deadline =
        loop.schedule(
            () -> result.complete(AttemptFailures.lookupTimeout(address.getHostString(), within)),
            within.toNanos(),
            TimeUnit.NANOSECONDS);
    var all = names.getResolver(loop).resolveAll(address);
    all.addListener(future -> {
      deadline.cancel(false);
      if (all.isSuccess()) {
        resolved(all.getNow());
      } else {
        result.complete(AttemptFailures.ofLookup(address.getHostString(), all.cause()));
      }
    });
  }

  private void resolved(List<InetSocketAddress> addresses) {
    untried.addAll(addresses);
    connectNext(new Failure(Kind.UnknownHost, "no address for " + address.getHostString()));
  }

  private void connectNext(Failure lastFailure) {
    if (result.isDone()) {
      return;
    }
    var next = untried.poll();
    if (next == null) {
      result.complete(lastFailure);
      return;
    }
    var connect =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, shareMillis())
            .option(ChannelOption.AUTO_READ, false)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(next);
    result.whenComplete((done, cancelled) -> connect.channel().close());
    connect.addListener((ChannelFuture done) -> connected(done));
  }

  private void connected(ChannelFuture connect) {
    if (connect.isSuccess()) {
      var pipeline = connect.channel().pipeline();
      pipeline.addLast(ConversationEnd.NAME, new ConversationEnd(result));
      talk.begin(pipeline, result);
      connect.channel().config().setAutoRead(true);
    } else {
      connectNext(AttemptFailures.ofConnect(connect.cause(), timeout));
    }
  }

  /** An even share of what is left, so that one silent address does not use it all up. */
  private int shareMillis() {
    var left = timeout.minusNanos(System.nanoTime() - startedNanos).toMillis();
    return Math.clamp(left / (untried.size() + 1), 1, Integer.MAX_VALUE);
  }

  private void timedOut() {
    result.complete(Timeouts.failure(timeout));
  }

  private void fail(Kind kind, String message) {
    result.complete(new Failure(kind, message));
  }
}
