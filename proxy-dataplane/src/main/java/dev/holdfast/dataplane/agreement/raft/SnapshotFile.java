package dev.holdfast.dataplane.agreement.raft;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;

/**
 * A snapshot: a header, the newest entry about the members, the state, and a checksum over all. The
 * library keeps the members in a file without a checksum, and goes on with those that a group began
 * with when it cannot read it; so they are here too, for {@link LogFiles} to compare.
 *
 * @param members the entry of the library's log that named them
 */
record SnapshotFile(LogEntryProto members, ByteString state) {
  private static final int MAGIC = 0x48464C01;

  ByteBuffer bytes() {
    var entry = members.toByteArray();
    var bytes = ByteBuffer.allocate(4 * Integer.BYTES + entry.length + state.size());
    bytes
        .putInt(MAGIC)
        .putInt(entry.length)
        .put(entry)
        .putInt(state.size())
        .put(state.asReadOnlyByteBuffer());
    bytes.putInt(checksum(bytes.array(), bytes.position()));
    return bytes.flip();
  }

  static SnapshotFile read(Path file) throws IOException {
    var all = Files.readAllBytes(file);
    var end = all.length - Integer.BYTES;
    var bytes = ByteBuffer.wrap(all);
    if (end < Integer.BYTES || bytes.getInt() != MAGIC) {
      throw new LogDamaged(file, "expected a snapshot, found something else");
    }
    if (bytes.getInt(end) != checksum(all, end)) {
      throw new LogDamaged(file, "expected a whole snapshot, found a wrong checksum");
    }
    try {
      return new SnapshotFile(
          LogEntryProto.parseFrom(part(bytes)), ByteString.copyFrom(part(bytes)));
    } catch (InvalidProtocolBufferException | BufferUnderflowException _) {
      throw new LogDamaged(file, "expected members and a state, found other fields");
    }
  }

  private static byte[] part(ByteBuffer bytes) {
    var length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    var part = new byte[length];
    bytes.get(part);
    return part;
  }

  private static int checksum(byte[] bytes, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
