package dev.holdfast.dataplane.agreement.raft;

import dev.holdfast.dataplane.agreement.wire.UnreadableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that are committed together, as one entry of the library's log.
 *
 * @param commands none for an entry that only shows that a majority is there
 */
record Batch(List<byte[]> commands) {
  /** The most that the commands of one batch take up; more than twice of it fits an entry. */
  static final int BYTES = 96 << 10;

  private static final byte VERSION = 1;
  private static final int HEADER = 1 + Integer.BYTES;

  byte[] bytes() {
    var length =
        commands.stream().mapToInt(command -> Integer.BYTES + command.length).sum() + HEADER;
    var bytes = ByteBuffer.allocate(length).put(VERSION).putInt(commands.size());
    commands.forEach(command -> bytes.putInt(command.length).put(command));
    return bytes.array();
  }

  static Batch read(ByteBuffer bytes) throws UnreadableException {
    if (bytes.remaining() < HEADER || bytes.get() != VERSION) {
      throw unreadable();
    }
    var count = bytes.getInt();
    if (count < 0 || count > CommandIndex.BATCH) {
      throw unreadable();
    }
    var commands = new ArrayList<byte[]>(count);
    for (var left = count; left > 0; left--) {
      commands.add(command(bytes));
    }
    if (bytes.hasRemaining()) {
      throw unreadable();
    }
    return new Batch(commands);
  }

  private static byte[] command(ByteBuffer bytes) throws UnreadableException {
    var length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw unreadable();
    }
    var command = new byte[length];
    bytes.get(command);
    return command;
  }

  private static UnreadableException unreadable() {
    return new UnreadableException(
        "cannot read a batch of commands: it is damaged, or written by a newer holdfast");
  }
}
