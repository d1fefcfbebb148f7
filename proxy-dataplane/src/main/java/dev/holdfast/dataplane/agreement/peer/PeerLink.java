package dev.holdfast.dataplane.agreement.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection over which one peer is asked, made again whenever it is lost. Used on the loop,
 * but for {@link #questions} and {@link #connected}.
 */
final class PeerLink implements Introduction.Host {
  private static final Logger log = LoggerFactory.getLogger(PeerLink.class);

  /** A connection that lasted so long is not one of those that are lost again and again. */
  private static final Duration LASTING = Duration.ofSeconds(1);

  private final String peer;
  private final PeerAddress address;
  private final PeerLimits limits;
  private final EventLoop loop;
  private final RandomGenerator random;
  private final Bootstrap bootstrap;
  private final Questions questions;
  private @Nullable Channel channel;
  private String problem = "";
  private String logged = "";
  private int failures;
  private boolean closed;
  private volatile boolean connected;

  /**
   * @param bootstrap all but the handler
   * @param handlers adds those of a connection that this link began
   */
  PeerLink(
      String peer,
      PeerAddress address,
      PeerLimits limits,
      EventLoop loop,
      RandomGenerator random,
      Bootstrap bootstrap,
      BiConsumer<Channel, PeerLink> handlers) {
    this.peer = peer;
    this.address = address;
    this.limits = limits;
    this.loop = loop;
    this.random = random;
    this.questions = new Questions(peer, limits, loop);
    this.bootstrap =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel begun) {
                    handlers.accept(begun, PeerLink.this);
                  }
                });
  }

  String peer() {
    return peer;
  }

  PeerAddress address() {
    return address;
  }

  Questions questions() {
    return questions;
  }

  boolean connected() {
    return connected;
  }

  void dial() {
    if (closed) {
      return;
    }
    problem = "";
    var dialled = bootstrap.connect(address.host(), address.port());
    channel = dialled.channel();
    dialled.addListener(done -> {
      if (!done.isSuccess()) {
        notIntroduced(String.valueOf(done.cause()));
      }
    });
    channel.closeFuture().addListener(done -> loop.execute(this::lost));
  }

  @Override
  public void introduced(ChannelHandlerContext context, String other) {
    var open = context.channel();
    connected = true;
    logged = "";
    log.info("peers: connected to {} at {}", peer, address);
    open.pipeline().addLast(new AskingEnd(questions, this::notIntroduced));
    questions.connected(open);
    loop.schedule(
        () -> {
          if (connected && open.equals(channel)) {
            failures = 0;
          }
        },
        LASTING.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void notIntroduced(String why) {
    if (problem.isEmpty()) {
      problem = why;
    }
  }

  private void lost() {
    var why = problem.isEmpty() ? "the connection was closed" : problem;
    connected = false;
    questions.disconnected(why);
    if (closed) {
      return;
    }
    if (!why.equals(logged)) {
      log.warn("peers: no connection to {} at {}, trying on: {}", peer, address, why);
      logged = why;
    }
    loop.schedule(this::dial, pause().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Half of it by chance, so that peers that lost each other do not meet again in step. */
  private Duration pause() {
    var pause = limits.redialFirst();
    for (int i = 0; i < failures && pause.compareTo(limits.redialMost()) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    failures++;
    var most = Math.min(pause.toNanos(), limits.redialMost().toNanos());
    return Duration.ofNanos(most / 2 + random.nextLong(most / 2 + 1));
  }

  void close() {
    closed = true;
    questions.close();
    if (channel != null) {
      channel.close();
    }
  }
}
