package dev.holdfast.dataplane.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A byte stream that both ends can compute: any change, loss, repetition or reordering shows at the
 * byte where it happens.
 */
record Stream(long seed) {

  byte at(long position) {
    return (byte) ((position * 0x9E3779B97F4A7C15L + seed) >>> 29);
  }

  byte[] slice(long from, int length) {
    var bytes = new byte[length];
    for (var i = 0; i < length; i++) {
      bytes[i] = at(from + i);
    }
    return bytes;
  }

  void write(OutputStream out, long length) throws IOException {
    for (long at = 0; at < length; ) {
      var piece = (int) Math.min(64 * 1024, length - at);
      out.write(slice(at, piece));
      at += piece;
    }
  }

  /** Reads to the end, checking each byte. */
  long check(InputStream in, byte[] buffer) throws IOException {
    long position = 0;
    for (int n; (n = in.read(buffer)) >= 0; ) {
      position = checkPiece(buffer, n, position);
    }
    return position;
  }

  long checkPiece(byte[] piece, int length, long position) {
    for (var i = 0; i < length; i++) {
      if (piece[i] != at(position + i)) {
        throw new AssertionError("wrong byte at " + (position + i) + " of " + this);
      }
    }
    return position + length;
  }
}
