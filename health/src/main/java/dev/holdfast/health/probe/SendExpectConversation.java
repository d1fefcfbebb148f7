package dev.holdfast.health.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.health.probe.ProbeResult.Failure;
import dev.holdfast.health.probe.ProbeResult.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a text and waits for an answer that holds another one, within its first {@value #LIMIT}
 * bytes.
 *
 * @param send nothing is sent when it is empty
 */
record SendExpectConversation(String send, String expect) implements Conversation {
  private static final int LIMIT = 16 * 1024;
  private static final int SHOWN = 64;

  @Override
  public void begin(ChannelPipeline pipeline, CompletableFuture<ProbeResult> result) {
    pipeline.addBefore(ConversationEnd.NAME, null, new Answer(result));
    if (!send.isEmpty()) {
      var _ = pipeline.writeAndFlush(Unpooled.copiedBuffer(send, UTF_8));
    }
  }

  private final class Answer extends SimpleChannelInboundHandler<ByteBuf> {
    private final CompletableFuture<ProbeResult> result;
    private final ByteBuf wanted = Unpooled.copiedBuffer(expect, UTF_8);
    private final ByteBuf seen = Unpooled.buffer(SHOWN, LIMIT);

    Answer(CompletableFuture<ProbeResult> result) {
      this.result = result;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
      var from = Math.max(0, seen.writerIndex() - wanted.readableBytes() + 1);
      seen.writeBytes(bytes, Math.min(bytes.readableBytes(), seen.maxWritableBytes()));
      if (ByteBufUtil.indexOf(wanted, seen.slice(from, seen.writerIndex() - from)) >= 0) {
        result.complete(new ProbeResult.Success());
      } else if (seen.maxWritableBytes() == 0) {
        result.complete(unexpected());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      result.complete(unexpected());
    }

    /** A server that closes before it has read what was sent resets: what it said still counts. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (seen.isReadable() && cause instanceof IOException) {
        result.complete(unexpected());
      } else {
        ctx.fireExceptionCaught(cause);
      }
    }

    private Failure unexpected() {
      var start = seen.toString(0, Math.min(SHOWN, seen.writerIndex()), UTF_8);
      return new Failure(
          Kind.Unfit,
          "expected %s in the answer, found %s".formatted(quoted(expect), quoted(start)));
    }

    private static String quoted(String text) {
      var shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
      return '"' + shown.replaceAll("\\p{Cntrl}", ".") + '"';
    }
  }
}
