package dev.holdfast.dataplane.agreement.wire;

import dev.holdfast.dataplane.agreement.Incarnation;
import dev.holdfast.dataplane.agreement.MemberId;
import dev.holdfast.dataplane.agreement.ledger.Grant;
import dev.holdfast.dataplane.agreement.ledger.Target;
import dev.holdfast.dataplane.sticky.table.StickKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts fields one after the other; numbers are big-endian. What {@link FieldReader} reads. */
final class FieldWriter {
  private static final int INITIAL = 64;

  private ByteBuffer bytes = ByteBuffer.allocate(INITIAL);

  FieldWriter(int version) {
    room(1).put((byte) version);
  }

  void tag(int tag) {
    room(1).put((byte) tag);
  }

  void number(long value) {
    room(Long.BYTES).putLong(value);
  }

  void truth(boolean value) {
    tag(value ? 1 : 0);
  }

  void text(String value) {
    var encoded = value.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES + encoded.length).putInt(encoded.length).put(encoded);
  }

  <T> void each(Collection<T> things, Consumer<T> writer) {
    room(Integer.BYTES).putInt(things.size());
    things.forEach(writer);
  }

  void member(MemberId member) {
    text(member.peer());
    number(member.disk());
  }

  void incarnation(Incarnation incarnation) {
    member(incarnation.member());
    number(incarnation.number());
  }

  void target(Target target) {
    text(target.name());
    text(target.host());
    number(target.port());
  }

  void key(StickKey key) {
    room(Short.BYTES + key.bytes().length).putShort((short) key.bytes().length).put(key.bytes());
  }

  void name(Enum<?> value) {
    text(value.name());
  }

  <T> void optional(@Nullable T value, Consumer<T> writer) {
    truth(value != null);
    if (value != null) {
      writer.accept(value);
    }
  }

  void leases(Map<MemberId, Grant> leases) {
    each(
        leases.entrySet(),
        lease -> {
          member(lease.getKey());
          number(lease.getValue().fence());
          number(lease.getValue().incarnation());
          number(lease.getValue().serial());
        });
  }

  byte[] done() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      var size = Math.max(2 * bytes.capacity(), bytes.position() + more);
      bytes = ByteBuffer.allocate(size).put(bytes.flip());
    }
    return bytes;
  }
}
