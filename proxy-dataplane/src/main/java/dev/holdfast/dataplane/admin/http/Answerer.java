package dev.holdfast.dataplane.admin.http;

import dev.holdfast.dataplane.admin.http.Exchanges.Opening;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection, one at a time, on its event loop. */
final class Answerer {
  private static final Logger log = LoggerFactory.getLogger(Answerer.class);

  private record Streaming(EventStream stream, AutoCloseable source) {}

  private final Exchanges exchanges;
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private HttpMethod method = HttpMethod.GET;
  private boolean keepAlive;
  private List<String> ifNoneMatch = List.of();
  private @Nullable Streaming streaming;

  Answerer(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  void begin(HttpRequest head) {
    version = head.protocolVersion();
    method = head.method();
    keepAlive = HttpUtil.isKeepAlive(head);
    ifNoneMatch = head.headers().getAll(HttpHeaderNames.IF_NONE_MATCH);
  }

  boolean streaming() {
    return streaming != null;
  }

  /**
   * Asks the route's handler, and answers 504 when that takes too long.
   *
   * @param then what to do when the connection is ready for another request
   */
  void ask(
      ChannelHandlerContext ctx,
      Opening.Admitted admitted,
      Request request,
      Consumer<ChannelHandlerContext> then) {
    handle(admitted.route(), request)
        .toCompletableFuture()
        .copy()
        .orTimeout(exchanges.limits().answerTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> failed(admitted.route(), failure))
        .thenAcceptAsync(response -> answer(ctx, admitted, response, then), ctx.executor());
  }

  private static CompletionStage<Response> handle(Route route, Request request) {
    try {
      return route.handler().handle(request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Response failed(Route route, Throwable failure) {
    if (failure instanceof TimeoutException) {
      return new Refusal(
              504, "Timeout", "there is no result yet; it may still come about: ask for the status")
          .toResponse();
    }
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Unavailable) {
      return new Refusal(503, "Unavailable", String.valueOf(cause.getMessage())).toResponse();
    }
    log.error("{} {} failed", route.method(), route.template(), failure);
    return new Refusal(500, "InternalError", "see this process's log").toResponse();
  }

  private void answer(
      ChannelHandlerContext ctx,
      Opening.Admitted admitted,
      Response response,
      Consumer<ChannelHandlerContext> then) {
    switch (response) {
      case Response.Whole whole -> {
        if (!admitted.route().method().equals("GET")) {
          log.info(
              "{} {} {} by {}: {}",
              admitted.route().method(),
              admitted.route().template(),
              admitted.variables(),
              admitted.caller().name(),
              whole.status());
        }
        send(ctx, whole.unless(ifNoneMatch), then);
      }
      case Response.Events events -> stream(ctx, events, then);
    }
  }

  void send(
      ChannelHandlerContext ctx, Response.Whole response, Consumer<ChannelHandlerContext> then) {
    exchanges.counters().answered(response.status());
    ResponseWriter.write(ctx, response, version, keepAlive)
        .addListener(written -> {
          if (written.isSuccess() && keepAlive) {
            then.accept(ctx);
          } else {
            ctx.close();
          }
        });
  }

  /** The caller closes the connection. */
  void sendLast(ChannelHandlerContext ctx, Response.Whole response) {
    exchanges.counters().answered(response.status());
    ResponseWriter.write(ctx, response, version, false);
  }

  private void stream(
      ChannelHandlerContext ctx, Response.Events events, Consumer<ChannelHandlerContext> then) {
    if (!ctx.channel().isActive()) {
      return;
    }
    if (method.equals(HttpMethod.HEAD)) {
      send(ctx, Response.text(200, "text/event-stream", ""), then);
    } else if (exchanges.counters().streams.get() >= exchanges.limits().streams()) {
      send(ctx, tooManyStreams(), then);
    } else {
      exchanges.counters().streams.incrementAndGet();
      exchanges.counters().answered(200);
      ResponseWriter.writeStreamHeader(ctx, version);
      var stream = new EventStream(ctx, exchanges.limits().heartbeat());
      streaming = new Streaming(stream, events.opener().apply(stream));
      ctx.read();
    }
  }

  private Response.Whole tooManyStreams() {
    return new Refusal(
            503,
            "TooManyStreams",
            "there are %d event streams already; try again later"
                .formatted(exchanges.limits().streams()),
            Map.of("Retry-After", "5"))
        .toResponse();
  }

  void writable() {
    if (streaming != null) {
      streaming.stream().drain();
    }
  }

  /** The connection is gone. */
  void end() {
    if (streaming == null) {
      return;
    }
    exchanges.counters().streams.decrementAndGet();
    streaming.stream().end();
    try {
      streaming.source().close();
    } catch (Exception e) {
      log.error("an event stream's source could not be closed", e);
    }
    streaming = null;
  }
}
