package dev.holdfast.dataplane.admin.http;

import dev.holdfast.dataplane.admin.http.Exchanges.Opening;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one request after the other from a connection, each under a deadline; the next one is read
 * when the last one has been answered. Lives on its connection's event loop.
 */
final class RequestReader extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(RequestReader.class);
  private static final Duration LINGER = Duration.ofSeconds(1);

  private enum Phase {
    HEAD,
    BODY,
    /** The answer is under way; what is left of the body is thrown away. */
    SKIP,
    ANSWER
  }

  private final Exchanges exchanges;
  private final Answerer answerer;
  private final Queue<HttpObject> waiting = new ArrayDeque<>();
  private Phase phase = Phase.HEAD;
  private Opening opening = new Opening.Refused(Refusal.badRequest("nothing was read yet"));
  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private @Nullable Future<?> deadline;

  RequestReader(Exchanges exchanges) {
    this.exchanges = exchanges;
    this.answerer = new Answerer(exchanges);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    within(ctx, exchanges.limits().requestTimeout(), ctx::close);
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    waiting.add((HttpObject) message);
    takeWaiting(ctx);
  }

  /** One read may bring several requests; the others wait until the first one is answered. */
  private void takeWaiting(ChannelHandlerContext ctx) {
    while (wantsMore() && !waiting.isEmpty()) {
      var message = waiting.remove();
      try {
        take(ctx, message);
      } finally {
        ReferenceCountUtil.release(message);
      }
    }
  }

  /** While events are streamed, reading goes on only to notice that the client has gone. */
  private boolean wantsMore() {
    return phase != Phase.ANSWER || answerer.streaming();
  }

  private void take(ChannelHandlerContext ctx, HttpObject message) {
    if (phase == Phase.HEAD && message instanceof HttpRequest head) {
      readHead(ctx, head);
    } else if (phase == Phase.BODY && message instanceof HttpContent content) {
      readBody(ctx, content);
    } else if (phase == Phase.SKIP && message instanceof LastHttpContent) {
      ctx.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (wantsMore()) {
      ctx.read();
    }
  }

  private void readHead(ChannelHandlerContext ctx, HttpRequest head) {
    opening = exchanges.open(head, session(ctx));
    answerer.begin(head);
    within(ctx, exchanges.limits().requestTimeout(), () -> timedOut(ctx));
    boolean hasBody =
        HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0;
    switch (opening) {
      case Opening.Refused refused when hasBody || head.decoderResult().isFailure() ->
          refuse(ctx, refused.refusal());
      case Opening.Refused _ -> phase = Phase.BODY;
      case Opening.Admitted _ -> {
        phase = Phase.BODY;
        body = new ByteArrayOutputStream();
        if (HttpUtil.is100ContinueExpected(head)) {
          ctx.writeAndFlush(
              new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
      }
    }
  }

  private void readBody(ChannelHandlerContext ctx, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      refuse(ctx, Exchanges.malformed(content.decoderResult().cause()));
      return;
    }
    switch (opening) {
      case Opening.Refused refused -> {
        if (content instanceof LastHttpContent) {
          phase = Phase.ANSWER;
          noDeadline();
          answerer.send(ctx, refused.refusal().toResponse(), this::nextRequest);
        }
      }
      case Opening.Admitted admitted -> {
        body.writeBytes(ByteBufUtil.getBytes(content.content()));
        if (body.size() > admitted.route().maxBody()) {
          refuse(ctx, Exchanges.tooLarge(admitted.route()));
        } else if (content instanceof LastHttpContent) {
          ask(ctx, admitted);
        }
      }
    }
  }

  /**
   * Answers before the body has been read. Closing with bytes unread would reset the connection,
   * and the client might lose the answer: hence a moment to read on.
   */
  private void refuse(ChannelHandlerContext ctx, Refusal refusal) {
    phase = Phase.SKIP;
    within(ctx, LINGER, ctx::close);
    answerer.sendLast(ctx, refusal.toResponse());
  }

  private void ask(ChannelHandlerContext ctx, Opening.Admitted admitted) {
    phase = Phase.ANSWER;
    noDeadline();
    var content = ByteBuffer.wrap(body.toByteArray()).asReadOnlyBuffer();
    var request =
        new Request(admitted.variables(), admitted.query(), admitted.contentType(), content);
    body = new ByteArrayOutputStream(0);
    answerer.ask(ctx, admitted, request, this::nextRequest);
  }

  private void nextRequest(ChannelHandlerContext ctx) {
    phase = Phase.HEAD;
    within(ctx, exchanges.limits().keepAliveTimeout(), ctx::close);
    ctx.executor().execute(() -> takeWaiting(ctx)); // not nested in the answer before
    ctx.read();
  }

  private void timedOut(ChannelHandlerContext ctx) {
    if (phase == Phase.BODY) {
      answerer.sendLast(
          ctx, new Refusal(408, "RequestTimeout", "the request did not end in time").toResponse());
    }
    ctx.close();
  }

  private void within(ChannelHandlerContext ctx, Duration time, Runnable otherwise) {
    noDeadline();
    deadline = ctx.executor().schedule(otherwise, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void noDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private static @Nullable SSLSession session(ChannelHandlerContext ctx) {
    var handler = ctx.pipeline().get(SslHandler.class);
    return handler == null ? null : handler.engine().getSession();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    answerer.writable();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    noDeadline();
    answerer.end();
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("admin connection from {} closed", ctx.channel().remoteAddress(), cause);
    ctx.close();
  }
}
