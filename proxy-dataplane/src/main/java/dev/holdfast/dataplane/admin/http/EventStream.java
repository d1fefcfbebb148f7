package dev.holdfast.dataplane.admin.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of server-sent events. For each key only the newest event waits, so that a
 * subscriber who reads slowly misses states that are no longer true, and memory stays bounded by
 * the number of keys.
 */
public final class EventStream {
  private static final String HEARTBEAT = ":\n\n";

  private record Event(String name, Supplier<String> data) {}

  private final ChannelHandlerContext ctx;
  private final Map<Object, Event> waiting = new LinkedHashMap<>();
  private final Future<?> heartbeat;
  private boolean draining;

  EventStream(ChannelHandlerContext ctx, Duration heartbeat) {
    this.ctx = ctx;
    this.heartbeat =
        ctx.executor()
            .scheduleAtFixedRate(
                this::beat, heartbeat.toNanos(), heartbeat.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Sends the event when the subscriber has taken what was sent before. Any thread; does not block.
   *
   * @param key an event of the same key that still waits is replaced
   * @param data one line, made on the event loop only if it is sent
   */
  public void offer(Object key, String name, Supplier<String> data) {
    synchronized (waiting) {
      waiting.put(key, new Event(name, data));
      if (draining) {
        return;
      }
      draining = true;
    }
    ctx.executor().execute(this::drain);
  }

  /** Called on the event loop, also when the channel has become writable again. */
  void drain() {
    Channel channel = ctx.channel();
    boolean wrote = false;
    while (channel.isWritable()) {
      var event = next();
      if (event == null) {
        break;
      }
      var text = "event: %s\ndata: %s\n\n".formatted(event.name(), event.data().get());
      ctx.write(new DefaultHttpContent(Unpooled.copiedBuffer(text, UTF_8)));
      wrote = true;
    }
    if (wrote) {
      ctx.flush();
    }
  }

  private @Nullable Event next() {
    synchronized (waiting) {
      var first = waiting.entrySet().iterator();
      if (!first.hasNext()) {
        draining = false;
        return null;
      }
      var event = first.next().getValue();
      first.remove();
      return event;
    }
  }

  private void beat() {
    if (ctx.channel().isWritable()) {
      ctx.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(HEARTBEAT, UTF_8)));
    }
  }

  void end() {
    heartbeat.cancel(false);
  }
}
