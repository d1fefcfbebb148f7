package dev.holdfast.floatingip.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns HTTP into requests of the cloud, and its replies into HTTP, with their faults. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
  private static final String VERSION = "/v1";
  private static final String BEARER = "Bearer ";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final FakeCloud cloud;
  private final Control control;

  RequestHandler(FakeCloud cloud, Control control) {
    this.cloud = cloud;
    this.control = control;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest http) {
    var path = new QueryStringDecoder(http.uri()).path();
    if (Metadata.concerns(path)) {
      ctx.writeAndFlush(metadata(ctx, http, path));
      return;
    }
    var request = request(http);
    var reply =
        request.path().startsWith(Control.PREFIX + "/")
            ? control.handle(request)
            : cloud.handle(request);
    if (reply.delay().isPositive()) {
      ctx.executor()
          .schedule(() -> send(ctx, reply), reply.delay().toMillis(), TimeUnit.MILLISECONDS);
    } else {
      send(ctx, reply);
    }
  }

  private DefaultFullHttpResponse metadata(
      ChannelHandlerContext ctx, FullHttpRequest http, String path) {
    var source = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
    var text =
        http.method().equals(HttpMethod.GET)
            ? cloud.metadata(source, path)
            : Optional.<String>empty();
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            text.isPresent() ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
            Unpooled.copiedBuffer(text.orElse("not found\n"), UTF_8));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    return response;
  }

  private static ApiRequest request(FullHttpRequest http) {
    var target = new QueryStringDecoder(http.uri());
    var path = target.path();
    var authorization = http.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    return new ApiRequest(
        http.method().name(),
        path.startsWith(VERSION + "/") ? path.substring(VERSION.length()) : "/elsewhere" + path,
        target.parameters(),
        authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : null,
        body(http),
        "http://" + http.headers().get(HttpHeaderNames.HOST, "localhost") + VERSION);
  }

  private static @Nullable JsonNode body(FullHttpRequest http) {
    var text = http.content().toString(UTF_8);
    if (text.isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static void send(ChannelHandlerContext ctx, ApiReply reply) {
    switch (reply.delivery()) {
      case Dropped -> ctx.close();
      case Whole -> ctx.writeAndFlush(response(reply, false));
      case Truncated ->
          ctx.writeAndFlush(response(reply, true)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static DefaultFullHttpResponse response(ApiReply reply, boolean truncated) {
    var body = reply.body() == null ? new byte[0] : reply.body().toString().getBytes(UTF_8);
    var sent = truncated ? body.length / 2 : body.length;
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(body, 0, sent));
    reply.headers().forEach(response.headers()::set);
    if (body.length > 0) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    }
    if (reply.status() != 204) {
      // of the whole body, also when only a part of it follows
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    return response;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("connection from {} closed", ctx.channel().remoteAddress(), cause);
    ctx.close();
  }
}
