package dev.holdfast.dataplane.relay.epoll;

import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;

/** What the connections of one event loop use in turn to move bytes. On that loop only. */
public final class Transit {
  public static final int BUFFER_BYTES = 64 * 1024;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final long address = Buffer.memoryAddress(buffer);
  private final PipePool pipes;

  public Transit(SpliceLoader loader) {
    pipes = new PipePool(loader);
  }

  /** Empty between two connections' turns. */
  public ByteBuffer buffer() {
    return buffer;
  }

  /** Of the buffer. */
  public long address() {
    return address;
  }

  public PipePool pipes() {
    return pipes;
  }
}
