package dev.holdfast.health.probe;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import dev.holdfast.health.reference.MissingReference;
import dev.holdfast.health.reference.References;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One request. The answer's status decides; what comes after its headers is not read.
 *
 * @param request sent once; it may hold secrets
 * @param redirected told where an answer leads that is not the expected one, before the result
 */
record HttpConversation(
    HttpExchange exchange, FullHttpRequest request, Consumer<Redirect> redirected)
    implements Conversation {
  private static final int MAX_FIRST_LINE = 4096;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int MAX_CHUNK = 8192;

  /** Reads what the request refers to; not for event loops. */
  static HttpConversation prepare(
      HttpVisit visit, References references, Consumer<Redirect> redirected)
      throws MissingReference {
    var exchange = visit.exchange();
    var body = exchange.body().bytes(references);
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(exchange.method()),
            exchange.path(),
            Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.HOST, visit.host());
    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    request.headers().set(HttpHeaderNames.USER_AGENT, "holdfast");
    request.headers().set(HttpHeaderNames.ACCEPT, "*/*");
    if (body.length > 0) {
      request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    for (var header : exchange.headers().entrySet()) {
      request.headers().set(header.getKey(), header.getValue().line(references));
    }
    return new HttpConversation(exchange, request, redirected);
  }

  @Override
  public void begin(ChannelPipeline pipeline, CompletableFuture<ProbeResult> result) {
    pipeline.addBefore(
        ConversationEnd.NAME, null, new HttpClientCodec(MAX_FIRST_LINE, MAX_HEADERS, MAX_CHUNK));
    pipeline.addBefore(ConversationEnd.NAME, null, new Answer(result));
    var _ = pipeline.writeAndFlush(request);
  }

  private final class Answer extends SimpleChannelInboundHandler<HttpObject> {
    private final CompletableFuture<ProbeResult> result;

    Answer(CompletableFuture<ProbeResult> result) {
      this.result = result;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
      if (part.decoderResult().isFailure()) {
        result.complete(new Failure(Kind.Unfit, "expected an HTTP answer, found something else"));
      } else if (part instanceof HttpResponse response) {
        answered(response);
      }
    }

    private void answered(HttpResponse response) {
      var code = response.status().code();
      if (exchange.expects(code)) {
        result.complete(new ProbeResult.Success());
      } else if (code >= 200) { // those below announce another one
        var location = response.headers().get(HttpHeaderNames.LOCATION, "");
        if (Redirect.leads(code) && !location.isBlank()) {
          redirected.accept(new Redirect(code, location));
        }
        result.complete(
            new Failure(Kind.Unfit, "status " + code + ", expected " + exchange.expected()));
      }
    }
  }
}
