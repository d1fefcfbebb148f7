package dev.holdfast.dataplane.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Keeps the last 1 KiB of a body, however long that is. Safe for use by many threads. */
final class BodyTail {
  private static final int MAX_BYTES = 1024;

  private byte[] kept = {};

  synchronized void add(byte[] part) {
    var all = Arrays.copyOf(kept, kept.length + part.length);
    System.arraycopy(part, 0, all, kept.length, part.length);
    kept = Arrays.copyOfRange(all, Math.max(0, all.length - MAX_BYTES), all.length);
  }

  /**
   * Without control characters other than line ends and tabs, and without a character cut apart.
   */
  synchronized String text() {
    int start = 0;
    while (kept.length == MAX_BYTES && start < 4 && (kept[start] & 0xC0) == 0x80) {
      start++;
    }
    return new String(kept, start, kept.length - start, UTF_8)
        .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
        .strip();
  }
}
