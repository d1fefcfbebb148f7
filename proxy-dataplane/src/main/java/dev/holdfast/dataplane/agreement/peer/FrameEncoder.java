package dev.holdfast.dataplane.agreement.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/**
 * Four bytes of length, one of kind, and the kind's fields. Numbers are big-endian, texts UTF-8
 * with two bytes of length.
 */
final class FrameEncoder extends MessageToByteEncoder<Frame> {
  static final int HELLO = 1;
  static final int PING = 2;
  static final int QUESTION = 3;
  static final int ANSWER = 4;
  static final int REFUSED = 5;
  static final int FAREWELL = 6;
  static final int FORGOTTEN = 7;

  static final int LENGTH_BYTES = 4;

  /** More than any frame has beside its content. */
  static final int OVERHEAD = 64;

  private static final int SMALL = 256;
  private static final int MAX_TEXT = 1024;

  @Override
  protected ByteBuf allocateBuffer(ChannelHandlerContext context, Frame frame, boolean direct) {
    var content =
        switch (frame) {
          case Frame.Question(_, _, var question) -> question.length;
          case Frame.Answer(_, var answer) -> answer.length;
          case Frame.Hello _, Frame.Ping _, Frame.Forgotten _, Frame.Refused _, Frame.Farewell _ ->
              SMALL;
        };
    return context.alloc().ioBuffer(content + LENGTH_BYTES + OVERHEAD);
  }

  @Override
  protected void encode(ChannelHandlerContext context, Frame frame, ByteBuf out) {
    var begin = out.writerIndex();
    out.writeInt(0);
    switch (frame) {
      case Frame.Hello(var version, var uid, var from, var to) -> {
        out.writeByte(HELLO).writeShort(version);
        text(out, uid);
        text(out, from);
        text(out, to);
      }
      case Frame.Ping() -> out.writeByte(PING);
      case Frame.Question(var id, var subject, var content) ->
          text(out.writeByte(QUESTION).writeLong(id), subject).writeBytes(content);
      case Frame.Forgotten(var id) -> out.writeByte(FORGOTTEN).writeLong(id);
      case Frame.Answer(var id, var content) ->
          out.writeByte(ANSWER).writeLong(id).writeBytes(content);
      case Frame.Refused(var id, var message) ->
          text(out.writeByte(REFUSED).writeLong(id), message);
      case Frame.Farewell(var message) -> text(out.writeByte(FAREWELL), message);
    }
    out.setInt(begin, out.writerIndex() - begin - LENGTH_BYTES);
  }

  private static ByteBuf text(ByteBuf out, String text) {
    var cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    var bytes = cut.getBytes(UTF_8);
    return out.writeShort(bytes.length).writeBytes(bytes);
  }
}
