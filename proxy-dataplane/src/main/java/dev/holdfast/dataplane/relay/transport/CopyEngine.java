package dev.holdfast.dataplane.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies through Netty's buffers; works everywhere. */
final class CopyEngine implements TransferEngine {
  private static final Logger LOG = LoggerFactory.getLogger(CopyEngine.class);

  /** Instead of {@link Sides#UNSENT} while memory is short. */
  private static final WriteBufferWaterMark LITTLE =
      new WriteBufferWaterMark(UnsentBytes.LITTLE / 4, UnsentBytes.LITTLE);

  private final Transport transport;

  CopyEngine(Transport transport) {
    this.transport = transport;
  }

  @Override
  public void start(Link link, EarlyBytes early) {
    var client = (NioTcpChannel) link.client();
    var backend = (NioTcpChannel) link.backend();
    client.linked(link);
    backend.linked(link);
    var unsent = transport.unsent(client.eventLoop());
    FrugalReads.setUp(client, unsent);
    FrugalReads.setUp(backend, unsent);
    var toBackend = new Copier(link, Direction.ToBackend, client, backend, unsent);
    var toClient = new Copier(link, Direction.ToClient, backend, client, unsent);
    toBackend.opposite = toClient;
    toClient.opposite = toBackend;
    client.pipeline().addLast(toBackend);
    backend.pipeline().addLast(toClient);
    toBackend.begin(early);
    toClient.begin(EarlyBytes.NONE);
  }

  /** Reads its own channel, the source, and writes to the sink. */
  private static final class Copier extends ChannelInboundHandlerAdapter {
    private final Link link;
    private final Direction direction;
    private final SocketChannel source;
    private final SocketChannel sink;
    private final UnsentBytes unsent;
    private Copier opposite = this;
    private WriteBufferWaterMark mark = Sides.UNSENT;
    private long kept;
    private boolean ended;

    Copier(
        Link link,
        Direction direction,
        SocketChannel source,
        SocketChannel sink,
        UnsentBytes unsent) {
      this.link = link;
      this.direction = direction;
      this.source = source;
      this.sink = sink;
      this.unsent = unsent;
    }

    void begin(EarlyBytes early) {
      if (early.bytes().isReadable()) {
        link.moved(direction, early.bytes().readableBytes());
        sink.writeAndFlush(early.bytes(), sink.voidPromise());
      }
      if (early.ended()) {
        end();
      } else if (sink.isWritable()) {
        source.config().setAutoRead(true);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      var bytes = (ByteBuf) message;
      link.moved(direction, bytes.readableBytes());
      followShortage();
      sink.write(bytes, sink.voidPromise());
      if (!sink.isWritable()) {
        sink.flush();
        if (!sink.isWritable()) {
          // also ends the read loop that we are in
          source.config().setAutoRead(false);
          keep(pending());
        }
      }
    }

    private void followShortage() {
      var wanted = unsent.isShort() ? LITTLE : Sides.UNSENT;
      if (!mark.equals(wanted)) {
        mark = wanted;
        sink.config().setWriteBufferWaterMark(wanted);
      }
    }

    /** In place of what was kept before. */
    private void keep(long bytes) {
      unsent.letGo(kept);
      kept = bytes;
      unsent.keep(kept);
    }

    private long pending() {
      var buffer = sink.unsafe().outboundBuffer();
      return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      sink.flush();
    }

    /** Our source is the opposite's sink. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      link.active();
      if (source.isWritable()) {
        opposite.resume();
      }
    }

    private void resume() {
      keep(0);
      if (!ended) {
        source.config().setAutoRead(true);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent && !ended) {
        end();
      }
    }

    /** The empty write completes after all earlier ones: then the end of stream may follow. */
    private void end() {
      ended = true;
      source.config().setAutoRead(false);
      sink.writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(written -> {
            if (written.isSuccess()) {
              sink.shutdownOutput().addListener(shut -> ended(shut.isSuccess()));
            } else {
              opposite.sourceBroken();
            }
          });
    }

    private void ended(boolean passedOn) {
      if (passedOn) {
        link.ended();
      } else {
        opposite.sourceBroken();
      }
    }

    private void sourceBroken() {
      switch (direction) {
        case ToBackend -> link.clientBroken();
        case ToClient -> link.backendBroken();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      keep(0);
      sourceBroken();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      switch (cause) {
        case OutOfMemoryError e -> link.outOfMemory(e);
        case IOException e -> sourceBroken();
        default -> {
          LOG.warn("connection to {} cut", link.backendName(), cause);
          sourceBroken();
        }
      }
    }
  }
}
