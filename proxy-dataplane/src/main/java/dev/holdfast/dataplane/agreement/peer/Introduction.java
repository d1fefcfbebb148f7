package dev.holdfast.dataplane.agreement.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The begin of a connection: TLS, then a hello from the end that connected, then one from the end
 * that listened. Only a client that has the second hello knows that it was let in, because TLS 1.3
 * ends for it before its certificate is looked at.
 */
final class Introduction extends SimpleChannelInboundHandler<Frame> {
  private static final String ALERT = "Received fatal alert";

  /** Who waits for the other end to be known. Called on the channel's loop. */
  interface Host {
    void introduced(ChannelHandlerContext context, String peer);

    /** The channel is closed, or will be. */
    void notIntroduced(String problem);
  }

  private final Acquaintance acquaintance;
  private final Refusals refusals;
  private final Duration within;
  private final Host host;
  private @Nullable Future<?> deadline;
  private boolean over;

  Introduction(Acquaintance acquaintance, Refusals refusals, Duration within, Host host) {
    this.acquaintance = acquaintance;
    this.refusals = refusals;
    this.within = within;
    this.host = host;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(() -> tooSlow(context), within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void tooSlow(ChannelHandlerContext context) {
    var message = "not introduced within " + within.toMillis() + "ms";
    if (acquaintance.dialled()) {
      giveUp(context, message);
    } else {
      refuse(context, new Acquaintance.Refusal(RefusalReason.TooSlow, message));
    }
  }

  /** Newer strangers need the channel's place. */
  static void evict(Channel channel) {
    var context = channel.pipeline().context(Introduction.class);
    if (context != null && context.handler() instanceof Introduction introduction) {
      var message = "too many connections that have not introduced themselves; the oldest one goes";
      introduction.refuse(context, new Acquaintance.Refusal(RefusalReason.TooMany, message));
    }
    channel.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (!done.isSuccess()) {
        failed(context, done.cause());
      } else if (acquaintance.dialled()) {
        var refusal = acquaintance.checkCertificate(session(context));
        if (refusal == null) {
          context.writeAndFlush(acquaintance.hello());
        } else {
          refuse(context, refusal);
        }
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Frame frame) {
    if (over) {
      return;
    }
    switch (frame) {
      case Frame.Hello hello -> greeted(context, hello);
      case Frame.Farewell(var message) -> giveUp(context, "refused by the peer: " + message);
      case Frame.Ping _, Frame.Question _, Frame.Forgotten _, Frame.Answer _, Frame.Refused _ ->
          refuse(context, new Acquaintance.Refusal(RefusalReason.Protocol, "no hello came first"));
    }
  }

  private void greeted(ChannelHandlerContext context, Frame.Hello hello) {
    var refusal = acquaintance.check(hello, session(context));
    if (refusal != null) {
      refuse(context, refusal);
      return;
    }
    over = true;
    if (!acquaintance.dialled()) {
      context.writeAndFlush(acquaintance.helloTo(hello.from()));
    }
    context.pipeline().get(FrameDecoder.class).introduced();
    host.introduced(context, hello.from());
    context.pipeline().remove(this);
  }

  private static SSLSession session(ChannelHandlerContext context) {
    return context.pipeline().get(SslHandler.class).engine().getSession();
  }

  private void refuse(ChannelHandlerContext context, Acquaintance.Refusal refusal) {
    if (over) {
      context.close();
      return;
    }
    over = true;
    refusals.refuse(refusal.reason(), who(context), refusal.message());
    host.notIntroduced(refusal.message());
    if (handshaken(context)) {
      context
          .writeAndFlush(new Frame.Farewell(refusal.message()))
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      context.close();
    }
  }

  private static boolean handshaken(ChannelHandlerContext context) {
    return context.pipeline().get(SslHandler.class).handshakeFuture().isSuccess();
  }

  private String who(ChannelHandlerContext context) {
    var remote =
        context.channel().remoteAddress() instanceof InetSocketAddress address
            ? address.getAddress().getHostAddress()
            : "an unknown address";
    return acquaintance.dialled() ? acquaintance.expected() + " at " + remote : remote;
  }

  private void giveUp(ChannelHandlerContext context, String problem) {
    if (!over) {
      over = true;
      host.notIntroduced(problem);
    }
    context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    failed(context, failure);
  }

  /** What this end objects to is a refusal; what the other end does is not. */
  private void failed(ChannelHandlerContext context, Throwable failure) {
    var cause = RefusalReason.unwrapped(failure);
    if (isOurs(cause)) {
      refuse(
          context,
          new Acquaintance.Refusal(RefusalReason.of(cause), String.valueOf(cause.getMessage())));
    } else {
      giveUp(context, cause.toString());
    }
  }

  private static boolean isOurs(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var lost = cause instanceof IOException && !(cause instanceof SSLException);
      if (lost || String.valueOf(cause.getMessage()).contains(ALERT)) {
        return false;
      }
    }
    return failure instanceof SSLException || failure instanceof DecoderException;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    giveUp(context, "the connection was closed before the end of the introductions");
    context.fireChannelInactive();
  }
}
