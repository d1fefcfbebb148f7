package dev.holdfast.dataplane.relay.transport;

import dev.holdfast.dataplane.relay.epoll.Transit;
import io.netty.buffer.ByteBuf;
import java.util.function.IntFunction;

/**
 * What one event loop's connections have read and their receivers have not taken yet. Above a limit
 * each read is a small one: receivers that have stopped taking cannot fill this process's memory,
 * and nobody waits for them. On that loop only, apart from {@link #held}.
 */
public final class UnsentBytes {
  /** A read above the limit. */
  public static final int LITTLE = 4 * 1024;

  private final IntFunction<ByteBuf> buffers;
  private final long limit;
  private int room = Transit.BUFFER_BYTES;
  private volatile long held;

  /**
   * @param buffers makes direct ones
   * @param limit in bytes, from which on reads are small
   */
  UnsentBytes(IntFunction<ByteBuf> buffers, long limit) {
    this.buffers = buffers;
    this.limit = limit;
  }

  /** An empty buffer of this size; throws {@link OutOfMemoryError} when there is no more. */
  ByteBuf buffer(int bytes) {
    return buffers.apply(bytes);
  }

  /** How much to read at a time. */
  int room() {
    return room;
  }

  boolean isShort() {
    return room == LITTLE;
  }

  /** To be let go of once. */
  void keep(long bytes) {
    hold(held + bytes);
  }

  void letGo(long bytes) {
    hold(held - bytes);
  }

  private void hold(long bytes) {
    held = bytes;
    room = bytes > limit ? LITTLE : Transit.BUFFER_BYTES;
  }

  /** In bytes; any thread. */
  long held() {
    return held;
  }
}
