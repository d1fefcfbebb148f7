package dev.holdfast.dataplane.agreement.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;

/** Reads what {@link FrameEncoder} wrote, and takes nothing long from somebody unknown. */
final class FrameDecoder extends ByteToMessageDecoder {
  private static final int MAX_HELLO = 8 * 1024;
  private static final int MAX_FRAME = PeerNetwork.MAX_BYTES + FrameEncoder.OVERHEAD;

  private int longest = MAX_HELLO;

  /** The other end is known by now. */
  void introduced() {
    longest = MAX_FRAME;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < FrameEncoder.LENGTH_BYTES) {
      return;
    }
    var length = in.getInt(in.readerIndex());
    if (length < 1 || length > longest) {
      throw new TooLongFrameException(
          "expected a frame of 1 to %d bytes, found %d".formatted(longest, length));
    }
    if (in.readableBytes() >= FrameEncoder.LENGTH_BYTES + length) {
      in.skipBytes(FrameEncoder.LENGTH_BYTES);
      out.add(frame(in.readSlice(length)));
    }
  }

  private static Frame frame(ByteBuf in) {
    try {
      var kind = in.readByte();
      return switch (kind) {
        case FrameEncoder.HELLO ->
            new Frame.Hello(in.readUnsignedShort(), text(in), text(in), text(in));
        case FrameEncoder.PING -> new Frame.Ping();
        case FrameEncoder.QUESTION -> new Frame.Question(in.readLong(), text(in), rest(in));
        case FrameEncoder.FORGOTTEN -> new Frame.Forgotten(in.readLong());
        case FrameEncoder.ANSWER -> new Frame.Answer(in.readLong(), rest(in));
        case FrameEncoder.REFUSED -> new Frame.Refused(in.readLong(), text(in));
        case FrameEncoder.FAREWELL -> new Frame.Farewell(text(in));
        default -> throw new CorruptedFrameException("a frame of the unknown kind " + kind);
      };
    } catch (IndexOutOfBoundsException e) {
      throw new CorruptedFrameException("a frame ends before its fields do", e);
    }
  }

  private static String text(ByteBuf in) {
    return in.readCharSequence(in.readUnsignedShort(), UTF_8).toString();
  }

  private static byte[] rest(ByteBuf in) {
    var content = new byte[in.readableBytes()];
    in.readBytes(content);
    return content;
  }
}
