package dev.holdfast.dataplane.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;

/** Makes a channel read little at a time while memory is short. */
final class FrugalReads extends RecvByteBufAllocator.DelegatingHandle {
  private final UnsentBytes unsent;

  private FrugalReads(RecvByteBufAllocator usual, UnsentBytes unsent) {
    super(usual.newHandle());
    this.unsent = unsent;
  }

  /** For the reads of a channel that has not been read yet. */
  static void setUp(Channel channel, UnsentBytes unsent) {
    RecvByteBufAllocator usual = channel.config().getRecvByteBufAllocator();
    channel.config().setRecvByteBufAllocator(() -> new FrugalReads(usual, unsent));
  }

  @Override
  public ByteBuf allocate(ByteBufAllocator allocator) {
    return unsent.isShort() ? allocator.ioBuffer(guess()) : super.allocate(allocator);
  }

  @Override
  public int guess() {
    return Math.min(super.guess(), unsent.room());
  }
}
