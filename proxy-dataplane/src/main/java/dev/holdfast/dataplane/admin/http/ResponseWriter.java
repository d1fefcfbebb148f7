package dev.holdfast.dataplane.admin.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Puts answers on the wire. */
final class ResponseWriter {
  private ResponseWriter() {}

  /** The codec leaves the body out when the request was a HEAD or the status is 304. */
  static ChannelFuture write(
      ChannelHandlerContext ctx, Response.Whole answer, HttpVersion version, boolean keepAlive) {
    var body = Unpooled.copiedBuffer(answer.body(), UTF_8);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
    common(response);
    if (!answer.contentType().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    }
    answer.headers().forEach(response.headers()::set);
    HttpUtil.setContentLength(response, body.readableBytes());
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!version.isKeepAliveDefault()) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return ctx.writeAndFlush(response);
  }

  /** Only the header of an event stream; the stream ends with the connection. */
  static void writeStreamHeader(ChannelHandlerContext ctx, HttpVersion version) {
    var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    common(response);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
    if (version.isKeepAliveDefault()) {
      HttpUtil.setTransferEncodingChunked(response, true);
    } else {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    ctx.writeAndFlush(response);
  }

  private static void common(HttpResponse response) {
    response
        .headers()
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set("X-Content-Type-Options", "nosniff");
  }
}
