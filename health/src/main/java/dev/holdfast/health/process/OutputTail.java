package dev.holdfast.health.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of a stream. One thread reads while others look. */
final class OutputTail {
  static final int LIMIT = 1024;

  private final byte[] ring = new byte[LIMIT];
  private long total;

  /** Returns at the end of the stream; the channel's exceptions pass. */
  void readAll(ReadableByteChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(LIMIT);
    while (channel.read(buffer) >= 0) {
      add(buffer.flip());
      buffer.clear();
    }
  }

  private synchronized void add(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      ring[(int) (total % LIMIT)] = bytes.get();
      total++;
    }
  }

  /** As text: what cannot be shown is replaced, a character that was cut off at the start goes. */
  synchronized String text() {
    var length = (int) Math.min(total, LIMIT);
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((total - length + i) % LIMIT)];
    }
    var start = 0;
    while (total > LIMIT && start < length && (bytes[start] & 0xC0) == 0x80) {
      start++;
    }
    return new String(bytes, start, length - start, StandardCharsets.UTF_8)
        .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?")
        .strip();
  }
}
